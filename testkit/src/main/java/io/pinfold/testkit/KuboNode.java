package io.pinfold.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Kubo node on loopback that knows nobody: a repository of its own in a temporary folder, free ports, no bootstrap
 * peers, mDNS, DHT or relay, with pubsub and IPNS over pubsub on.
 *
 * <p>Its process and folder are gone after {@link #close}, and also when the JVM dies. A stopped or killed node can be
 * started again on the same repository and ports.
 */
public final class KuboNode implements AutoCloseable {

    private static final Duration START_TIME = Duration.ofSeconds(60);
    private static final String API_LINE = "RPC API server listening on ";
    private static final String READY_LINE = "Daemon is ready";

    private final Path repository;
    private final String peerId;
    private final List<String> wrapper;
    private @Nullable ChildProcess daemon;
    private String api = "";
    private List<String> swarm = List.of();

    /**
     * What makes a node another one than usual.
     *
     * @param settings of its configuration, by JSON pointer
     * @param initOptions of {@code ipfs init}, as {@code --algorithm=rsa}
     * @param files to be put into its repository before it runs, as {@code swarm.key}
     */
    public record Setup(Map<String, Object> settings, List<String> initOptions, Map<String, String> files) {

        /** Nothing unusual. */
        public static final Setup DEFAULT = new Setup(Map.of(), List.of(), Map.of());

        public Setup {
            settings = Map.copyOf(settings);
            initOptions = List.copyOf(initOptions);
            files = Map.copyOf(files);
        }
    }

    private KuboNode(Setup setup, OptionalInt smallDiskKilobytes) {
        repository = TempFolder.create("pinfold-kubo-");
        wrapper = smallDiskKilobytes.isPresent()
                ? SmallDisk.under(repository.resolve("blocks"), smallDiskKilobytes.getAsInt())
                : List.of();
        cli(Stream.concat(Stream.of("init", "--profile=test", "--empty-repo"), setup.initOptions().stream())
                .toArray(String[]::new));
        KuboConfig config = new KuboConfig(repository);
        config.isolate();
        config.set(setup.settings());
        setup.files().forEach(this::write);
        peerId = cli("config", "Identity.PeerID");
    }

    private void write(String name, String text) {
        try {
            Files.writeString(repository.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node that runs. */
    public static KuboNode start() {
        return start(Setup.DEFAULT);
    }

    /** A node that runs, set up as {@code setup} says. */
    public static KuboNode start(Setup setup) {
        return start(new KuboNode(setup, OptionalInt.empty()));
    }

    /** A node that runs with these settings in its configuration, by JSON pointer ({@code /Datastore/StorageMax}). */
    public static KuboNode start(Map<String, Object> settings) {
        return start(new Setup(settings, List.of(), Map.of()));
    }

    /**
     * A node that runs and whose blocks are on a disk of their own of so many megabytes (a tmpfs that only the daemon sees,
     * and that is empty again after a restart). Needs Linux, and root or user namespaces.
     */
    public static KuboNode startOnSmallDisk(int megabytes) {
        return start(new KuboNode(Setup.DEFAULT, OptionalInt.of(megabytes << 10)));
    }

    private static KuboNode start(KuboNode node) {
        try {
            node.restart();
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
        return node;
    }

    /** So many nodes, started at the same time and not connected to each other. */
    public static List<KuboNode> startAll(int count) {
        List<CompletableFuture<KuboNode>> starting = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(KuboNode::start,
                        task -> Thread.ofPlatform().daemon().start(task)))
                .toList();
        try {
            return starting.stream().map(CompletableFuture::join).toList();
        } catch (RuntimeException e) {
            starting.forEach(node -> node.handle((started, failure) -> started).thenAccept(started -> {
                if (started != null) {
                    started.close();
                }
            }).join());
            throw e;
        }
    }

    /** Starts the daemon on the same repository, and from the second time on the same ports; returns when it answers. */
    public synchronized void restart() {
        if (daemon != null && daemon.isAlive()) {
            throw new IllegalStateException("it runs already");
        }
        ProcessBuilder builder = new ProcessBuilder(daemonCommand());
        isolate(builder.environment());
        ChildProcess started = ChildProcess.start(builder, repository);
        daemon = started;
        api = started.awaitLine(line -> line.startsWith(API_LINE), START_TIME).substring(API_LINE.length()).strip();
        started.awaitLine(line -> line.equals(READY_LINE), START_TIME);
        swarm = cli("id", "-f", "<addrs>").lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        new KuboConfig(repository)
                .fixAddresses(api, swarm.stream().map(address -> address.replaceFirst("/p2p/.*", "")).toList());
    }

    /** Where its RPC listens. */
    public InetSocketAddress api() {
        String[] parts = api.split("/", -1);
        return new InetSocketAddress(parts[2], Integer.parseInt(parts[4]));
    }

    /** Where its RPC listens, as {@code 127.0.0.1:PORT}. */
    public String apiHostPort() {
        return "127.0.0.1:" + api().getPort();
    }

    /** Where its RPC listens, as {@code /ip4/127.0.0.1/tcp/PORT}. */
    public String apiMultiaddr() {
        return api;
    }

    /** Its peer id ({@code 12D3Koo…}). */
    public String peerId() {
        return peerId;
    }

    /** Where its swarm listens, each with {@code /p2p/} and its peer id. */
    public List<String> swarmAddresses() {
        return swarm;
    }

    /** Its repository ({@code IPFS_PATH}). */
    public Path repository() {
        return repository;
    }

    /** Runs the program with these arguments against this node and gives what it prints; throws if it fails. */
    public String cli(String... arguments) {
        return tryCli(arguments).orElseThrow();
    }

    /** Runs the program with these arguments against this node. */
    public ProcessRunner.Result tryCli(String... arguments) {
        return new ProcessRunner().with("IPFS_PATH", repository.toString())
                .with("IPFS_TELEMETRY", "off")
                .run(command(arguments));
    }

    /** Connects its swarm to another node's. */
    public void connectTo(KuboNode other) {
        cli("swarm", "connect", other.swarmAddresses().getFirst());
    }

    /** The operating system's number for its daemon. */
    public long pid() {
        return running().pid();
    }

    /** Whether the daemon runs. */
    public synchronized boolean isAlive() {
        return daemon != null && daemon.isAlive();
    }

    /** Ends the daemon the orderly way. */
    public void stop() {
        running().stop();
    }

    /** Kills the daemon (SIGKILL). */
    public void kill() {
        running().kill();
    }

    /** Makes the daemon hang: its sockets stay open and nothing answers, until {@link #thaw}. */
    public void freeze() {
        running().signal("STOP");
    }

    /** Lets a frozen daemon go on. */
    public void thaw() {
        running().signal("CONT");
    }

    /** What its daemon printed last. */
    @Override
    public synchronized String toString() {
        return "--- the IPFS node " + peerId + " printed\n" + (daemon == null ? "" : daemon.tail());
    }

    @Override
    public synchronized void close() {
        if (daemon != null) {
            daemon.kill();
        }
        TempFolder.delete(repository);
    }

    private synchronized ChildProcess running() {
        if (daemon == null) {
            throw new IllegalStateException("it was never started");
        }
        return daemon;
    }

    private List<String> daemonCommand() {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(command("daemon", "--migrate=false"));
        return command;
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(KuboBinary.path().toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private void isolate(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("IPFS_") || name.startsWith("LIBP2P_"));
        environment.put("IPFS_PATH", repository.toString());
        environment.put("IPFS_TELEMETRY", "off");
    }
}
