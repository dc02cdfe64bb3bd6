package io.pinfold.cli.training;

import io.pinfold.cli.console.Console;
import io.pinfold.cli.ctl.rest.Endpoint;
import io.pinfold.cli.ctl.rest.RestClient;
import io.pinfold.cli.ctl.rest.RestConfig;
import io.pinfold.cli.ctl.rest.RestOutcome;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.files.FilesBody;
import io.pinfold.cli.files.LocalFiles;
import io.pinfold.cli.service.Service;
import io.pinfold.cli.service.daemon.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A peer as its owner runs it, within this process. */
final class TrainingPeer implements AutoCloseable {

    private static final int MAX_TRIES = 600;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Console console;
    private final String config;
    private final int port;
    private final RestClient api;
    private final StopSignal signal = StopSignal.byHand();
    private final FutureTask<Void> daemon;

    /** A peer that is made in {@code folder} with these words of {@code init}, and does not run yet. */
    TrainingPeer(Console console, Path folder, String... words) throws IOException {
        this.console = console;
        this.config = folder.toString();
        this.port = freePort();
        this.api = new RestClient(new RestConfig(List.of(Endpoint.parse("http://127.0.0.1:" + port).orElseThrow()),
                "http", TIMEOUT_MILLIS, Optional.empty(), true, _ -> {}));
        this.daemon = new FutureTask<>(() -> {
            service(signal, console, "daemon");
            return null;
        });
        List<String> init = new ArrayList<>(List.of("init", "--set",
                "cluster.listen=/ip4/127.0.0.1/tcp/" + freePort(), "--set",
                "api.rest.listen=/ip4/127.0.0.1/tcp/" + port));
        init.addAll(List.of(words));
        run(init.toArray(String[]::new));
    }

    /** What the program prints for these words. */
    String run(String... words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, false, StandardCharsets.UTF_8);
        service(StopSignal.byHand(), new Console(console.in(), out, console.err(), console.environment(),
                console.home(), false, false, false, console.clock(), console.pause()), words);
        out.flush();
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Starts it and returns when it answers. */
    void start() throws InterruptedException {
        Thread.ofPlatform().start(daemon);
        await(RestRequest.get("/version"));
    }

    void send(RestRequest request) {
        api.send(request, _ -> {});
    }

    /** Puts {@code files} into the cluster through its API. */
    void add(RestRequest request, Path files) {
        LocalFiles local = new LocalFiles(List.of(files.toString()), false, console.in());
        api.send(request, new FilesBody(local, new SecureRandom(), _ -> {}), _ -> {});
    }

    /** Asks until it gets what it asks for. */
    void await(RestRequest request) throws InterruptedException {
        for (int tries = 0; !(api.send(request, _ -> {}) instanceof RestOutcome.Done); tries++) {
            if (daemon.isDone() || tries == MAX_TRIES) {
                throw new IllegalStateException("the peer does not answer");
            }
            Thread.sleep(50);
        }
    }

    private void service(StopSignal stop, Console to, String... words) {
        List<String> all = new ArrayList<>(List.of("--config", config));
        all.addAll(List.of(words));
        int code = Service.run(to, stop, all.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + code);
        }
    }

    /** Ends it, if it runs. */
    @Override
    public void close() throws ExecutionException {
        signal.ask();
        daemon.run();
        try {
            daemon.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
