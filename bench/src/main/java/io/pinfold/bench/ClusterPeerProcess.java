package io.pinfold.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A peer as its owner runs it: {@code cluster-service init} and {@code daemon} as processes, and its REST API. */
final class ClusterPeerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int ANSWER_LIMIT = 30_000;

    /** What the REST API answered. */
    record Reply(int status, String body) {}

    final String name;
    final Path folder;
    private final Path program;
    private final int swarmPort;
    private final int apiPort;
    private final String pinning;
    private @Nullable Process daemon;

    ClusterPeerProcess(String name, Path parent, Path distribution, int swarmPort, int apiPort, String pinning) {
        this.name = name;
        this.folder = parent.resolve(name);
        this.program = distribution.resolve("bin").resolve("cluster-service");
        this.swarmPort = swarmPort;
        this.apiPort = apiPort;
        this.pinning = pinning;
    }

    void init(String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("init", "--pinning", pinning, "--set",
                "cluster.listen=/ip4/127.0.0.1/tcp/" + swarmPort, "--set",
                "api.rest.listen=/ip4/127.0.0.1/tcp/" + apiPort));
        arguments.addAll(Arrays.asList(more));
        run(arguments);
    }

    /** Runs {@code cluster-service} on this peer's folder and gives what it printed. */
    String run(List<String> arguments) throws IOException, InterruptedException {
        Process process = command(arguments).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    name + ": cluster-service " + String.join(" ", arguments) + " failed:\n" + output);
        }
        return output;
    }

    /** Starts the daemon and returns when it answers; how long that took. */
    Duration start() throws IOException, InterruptedException {
        Instant begin = Instant.now();
        daemon = command(List.of("daemon")).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolveSibling(name + ".log").toFile()))
                .start();
        while (!answers()) {
            if (!daemon.isAlive() || Duration.between(begin, Instant.now()).compareTo(START_LIMIT) > 0) {
                throw new IllegalStateException(
                        name + " does not answer:\n" + Files.readString(folder.resolveSibling(name + ".log")));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return Duration.between(begin, Instant.now());
    }

    /** Process id of the JVM: the launcher replaces itself by it. */
    long pid() {
        if (daemon == null) {
            throw new IllegalStateException(name + " is not running");
        }
        return daemon.pid();
    }

    /** Asks the REST API, on a connection that is kept; the answer's status and body. */
    Reply send(String method, String path) throws IOException {
        var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + apiPort + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(ANSWER_LIMIT);
        connection.setReadTimeout(ANSWER_LIMIT);
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Reply(status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        if (daemon != null) {
            daemon.destroy();
            try {
                if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
                    daemon.destroyForcibly();
                }
            } catch (InterruptedException e) {
                daemon.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean answers() {
        try {
            return send("GET", "/health").status() == 204;
        } catch (IOException e) {
            return false;
        }
    }

    private ProcessBuilder command(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(program.toString(), "--config", folder.toString()));
        words.addAll(arguments);
        return new ProcessBuilder(words);
    }
}
