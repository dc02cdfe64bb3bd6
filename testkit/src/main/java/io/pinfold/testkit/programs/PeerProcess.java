package io.pinfold.testkit.programs;

import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.ProcessRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A peer as its owner runs it: a folder made by {@code cluster-service init}, and {@code cluster-service daemon} as a process on ports
 * that stay the same, which may be killed and started again.
 */
public final class PeerProcess implements AutoCloseable {

    /** A backend at which nobody answers. */
    public static final String NO_NODE = "ipfs://127.0.0.1:9";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration START_TIME = Duration.ofSeconds(60);
    private static final String RUNS = "its API listens at";

    private final Distribution programs;
    private final String name;
    private final Path folder;
    private final int swarmPort = FreePorts.next();
    private final int apiPort = FreePorts.next();
    private final PeerApi api = new PeerApi(apiPort);
    private final List<String> wrapper = new ArrayList<>();
    private String javaOptions = "";
    private @Nullable ChildProcess daemon;
    private @Nullable JsonNode id;

    private PeerProcess(Distribution programs, String name, Path folder) {
        this.programs = programs;
        this.name = name;
        this.folder = folder;
    }

    /** A new cluster's only trusted peer; {@code more} are options of {@code init}. */
    public static PeerProcess founder(Path parent, String pinning, String... more) {
        return founder(Distribution.built(), parent, pinning, more);
    }

    /** A new cluster's only trusted peer, which runs {@code programs}. */
    public static PeerProcess founder(Distribution programs, Path parent, String pinning, String... more) {
        return new PeerProcess(programs, "trusted", parent.resolve("trusted"))
                .init(pinning, List.of("--name", "films"), more);
    }

    /** A follower of the cluster whose template is at {@code source}; {@code more} are options of {@code init}. */
    public static PeerProcess follower(Path parent, String name, String source, String pinning, String... more) {
        return follower(Distribution.built(), parent, name, source, pinning, more);
    }

    /** A follower of the cluster whose template is at {@code source}, which runs {@code programs}. */
    public static PeerProcess follower(Distribution programs, Path parent, String name, String source, String pinning,
            String... more) {
        return new PeerProcess(programs, name, parent.resolve(name))
                .init(pinning, List.of("--template", source), more);
    }

    private PeerProcess init(String pinning, List<String> kind, String... more) {
        List<String> arguments = new ArrayList<>(List.of("init", "--pinning", pinning,
                "--set", "cluster.peername=" + name,
                "--set", "cluster.listen=/ip4/127.0.0.1/tcp/" + swarmPort,
                "--set", "api.rest.listen=/ip4/127.0.0.1/tcp/" + apiPort));
        arguments.addAll(kind);
        arguments.addAll(Arrays.asList(more));
        service(arguments.toArray(String[]::new)).orElseThrow();
        return this;
    }

    /** Starts the daemon with these options of the Java virtual machine from now on, which come last and so win. */
    public PeerProcess withJavaOptions(String options) {
        javaOptions = options;
        return this;
    }

    /** Puts {@code words} before the daemon's command from now on; they have to end by becoming it. */
    public PeerProcess within(List<String> words) {
        wrapper.clear();
        wrapper.addAll(words);
        return this;
    }

    /** Its folder. */
    public Path folder() {
        return folder;
    }

    /** The port of its swarm. */
    public int swarmPort() {
        return swarmPort;
    }

    /** The port of its REST API. */
    public int apiPort() {
        return apiPort;
    }

    /** Its REST API. */
    public PeerApi api() {
        return api;
    }

    /** What {@code cluster-service id} tells. */
    public JsonNode id() {
        JsonNode known = id;
        if (known == null) {
            known = JSON.readTree(service("id", "--enc", "json").orElseThrow());
            id = known;
        }
        return known;
    }

    /** Runs {@code cluster-service} on its folder. */
    public ProcessRunner.Result service(String... arguments) {
        return new ProcessRunner().run(serviceCommand(arguments));
    }

    /** Runs {@code cluster-ctl} against it. */
    public ProcessRunner.Result ctl(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--host", "/ip4/127.0.0.1/tcp/" + apiPort));
        all.addAll(Arrays.asList(arguments));
        return programs.run("cluster-ctl", all.toArray(String[]::new));
    }

    /** Starts the daemon; returns when its API answers. */
    public ChildProcess start() {
        ChildProcess started = launch();
        started.awaitLine(line -> line.contains(RUNS), START_TIME);
        return started;
    }

    /** Starts the daemon and does not wait for it; {@code more} are options of {@code daemon}. */
    public ChildProcess launch(String... more) {
        if (daemon != null && daemon.isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(serviceCommand("daemon"));
        command.addAll(Arrays.asList(more));
        ProcessBuilder builder = Distribution.builder(command);
        builder.environment().put("PINFOLD_JAVA_OPTS", javaOptions);
        ChildProcess started = ChildProcess.start(builder);
        daemon = started;
        return started;
    }

    /** The daemon; throws if it was never started. */
    public ChildProcess daemon() {
        return Optional.ofNullable(daemon).orElseThrow();
    }

    /** Kills the daemon if it runs (SIGKILL), and returns when it has ended. */
    @Override
    public void close() {
        if (daemon != null) {
            daemon.kill();
        }
    }

    /** What the daemon printed last. */
    @Override
    public String toString() {
        return "--- " + name + " printed\n" + (daemon == null ? "" : daemon.tail());
    }

    private List<String> serviceCommand(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--config", folder.toString()));
        all.addAll(Arrays.asList(arguments));
        return programs.command("cluster-service", all.toArray(String[]::new));
    }
}
