package io.pinfold.bench;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.KuboNode;
import io.pinfold.testkit.TempFolder;
import io.pinfold.testkit.programs.Distribution;
import io.pinfold.testkit.programs.PeerApi;
import io.pinfold.testkit.programs.PeerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Measures a cluster of one publisher and two followers over three real Kubo nodes, then a newcomer.
 *
 * <p>One client pins identity CIDs one after another; meanwhile an observer asks a follower for one in {@value #SAMPLE} of them. Then a third
 * follower starts from nothing. Prints a table; arguments: the distribution's folder and the number of pins.
 */
public final class MeasureCluster {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int WARM_UP = 520;
    /** One in so many pins is looked for at the follower; asking for each would take the processor from those observed. */
    private static final int SAMPLE = 4;
    /** How long the observer waits before it asks again; less would take the processor from those it observes. */
    private static final Duration OBSERVING = Duration.ofMillis(1);

    private final PrintStream out;
    private final Distribution programs;
    private final Path folder;
    private final int pins;
    private final Map<String, PeerProcess> peers = new LinkedHashMap<>();

    private MeasureCluster(PrintStream out, Distribution programs, Path folder, int pins) {
        this.out = out;
        this.programs = programs;
        this.folder = folder;
        this.pins = pins;
    }

    /** Runs the measurement: {@code DISTRIBUTION [PINS]}. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("pinfold-measure");
        int pins = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
        var measure = new MeasureCluster(System.out, new Distribution(Path.of(arguments[0])), folder, pins);
        try {
            measure.run();
        } finally {
            measure.peers.values().forEach(PeerProcess::close);
            TempFolder.delete(folder);
        }
    }

    private void run() throws Exception {
        List<KuboNode> nodes = KuboNode.startAll(3);
        try {
            PeerProcess publisher = PeerProcess.founder(programs, folder, backend(nodes.get(0)));
            peers.put("publisher", publisher);
            Duration start = start(publisher);
            Path template = template(publisher);
            PeerProcess follower = follower("follower", template, nodes.get(1));
            Duration followerStart = start(follower);
            out.printf(Locale.ROOT, "daemon to first REST answer: publisher %d ms, follower %d ms%n", start.toMillis(),
                    followerStart.toMillis());
            awaitConnected(follower);

            pinAndObserve(publisher, follower, 0, WARM_UP, "warm-up");
            awaitPinned(publisher, WARM_UP);
            awaitPinned(follower, WARM_UP);
            pinAndObserve(publisher, follower, WARM_UP, pins, "measured");

            awaitPinned(publisher, WARM_UP + pins);
            awaitPinned(follower, WARM_UP + pins);
            PeerProcess newcomer = follower("newcomer", template, nodes.get(2));
            long begin = System.nanoTime();
            Duration newcomerStart = start(newcomer);
            awaitState(newcomer, cid(WARM_UP + pins - 1));
            long caughtUp = System.nanoTime() - begin - newcomerStart.toNanos();
            out.printf(Locale.ROOT,
                    "newcomer: %d pins in its state %.0f ms after its first REST answer (which came after %d ms)%n",
                    WARM_UP + pins, caughtUp / 1e6, newcomerStart.toMillis());
            awaitPinned(newcomer, WARM_UP + pins);
            out.printf(Locale.ROOT, "newcomer: all pinned at its IPFS node %.1f s after its start%n",
                    (System.nanoTime() - begin) / 1e9);
            for (Map.Entry<String, PeerProcess> peer : peers.entrySet()) {
                long pid = peer.getValue().daemon().pid();
                out.printf(Locale.ROOT, "%-10s memory %4d MiB (peak %4d MiB), disk %6.1f MiB%n", peer.getKey(),
                        ProcessFigures.memory(pid, "VmRSS").orElse(0) >> 20,
                        ProcessFigures.memory(pid, "VmHWM").orElse(0) >> 20,
                        ProcessFigures.disk(peer.getValue().folder()) / 1048576.0);
            }
        } finally {
            nodes.forEach(KuboNode::close);
        }
    }

    private void pinAndObserve(PeerProcess publisher, PeerProcess follower, int first, int count,
            String title) throws Exception {
        long[] sent = new long[count];
        long[] acknowledged = new long[count];
        long[] seen = new long[count / SAMPLE];
        Thread observer = Thread.ofPlatform().start(() -> observe(follower, first, seen));
        Map<String, Duration> before = cpuTimes();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            sent[i] = System.nanoTime();
            PeerApi.Reply answer = publisher.api().send("POST", "/pins/" + cid(first + i) + "?name=m" + (first + i));
            acknowledged[i] = System.nanoTime();
            if (answer.status() != 200) {
                throw new IllegalStateException("pin " + i + ": " + answer.status() + " " + answer.body());
            }
        }
        long last = acknowledged[count - 1];
        observer.join();
        out.printf(Locale.ROOT, "%s: %d pins by one client in %.2f s, %.0f pins/s%n", title, count,
                (last - begin) / 1e9,
                count / ((last - begin) / 1e9));
        out.printf("  acknowledgment              %s%n",
                new Times(IntStream.range(0, count).mapToLong(i -> acknowledged[i] - sent[i]).toArray()));
        cpuTimes().forEach((name, time) -> out.printf(Locale.ROOT, "  processor time per pin, %-10s %.2f ms%n", name,
                time.minus(before.get(name)).toNanos() / 1e6 / count));
        out.printf("  publish to follower's state %s%n",
                new Times(IntStream.range(0, seen.length).mapToLong(i -> seen[i] - sent[lastOf(i)]).toArray()));
        out.printf(Locale.ROOT, "  follower had all %.1f ms after the last acknowledgment%n",
                Math.max(0, seen[seen.length - 1] - last) / 1e6);
    }

    /** Processor time so far of each process there is, the other children of this one (the IPFS nodes) summed. */
    private Map<String, Duration> cpuTimes() {
        Map<String, Duration> times = new LinkedHashMap<>();
        Set<Long> own = new HashSet<>();
        peers.forEach((name, peer) -> {
            own.add(peer.daemon().pid());
            times.put(name, ProcessFigures.cpu(peer.daemon().pid()));
        });
        times.put("IPFS nodes", ProcessHandle.current()
                .descendants()
                .filter(child -> !own.contains(child.pid()))
                .map(child -> ProcessFigures.cpu(child.pid()))
                .reduce(Duration.ZERO, Duration::plus));
        times.put("client", ProcessFigures.cpu(ProcessHandle.current().pid()));
        return times;
    }

    private static void observe(PeerProcess follower, int first, long[] seen) {
        try {
            for (int i = 0; i < seen.length; i++) {
                while (follower.api().send("GET", "/allocations/" + cid(first + lastOf(i))).status() != 200) {
                    TimeUnit.NANOSECONDS.sleep(OBSERVING.toNanos());
                }
                seen[i] = System.nanoTime();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The pin that is observed as number {@code sample}: the last of each {@link #SAMPLE}. */
    private static int lastOf(int sample) {
        return (sample + 1) * SAMPLE - 1;
    }

    private PeerProcess follower(String name, Path template, KuboNode node) {
        PeerProcess peer = PeerProcess.follower(programs, folder, name, template.toString(), backend(node));
        peers.put(name, peer);
        return peer;
    }

    private static String backend(KuboNode node) {
        return "ipfs://" + node.apiHostPort();
    }

    /** Starts the daemon and returns when its REST API answers; how long that took. */
    private static Duration start(PeerProcess peer) throws InterruptedException {
        long begin = System.nanoTime();
        ChildProcess daemon = peer.launch();
        while (!answers(peer)) {
            if (!daemon.isAlive() || System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new IllegalStateException("the REST API does not answer\n" + peer);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static boolean answers(PeerProcess peer) {
        try {
            return peer.api().send("GET", "/health").isSuccess();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private Path template(PeerProcess publisher) throws IOException {
        return Files.writeString(folder.resolve("template.json"),
                publisher.service("template", "show").orElseThrow());
    }

    private static void awaitConnected(PeerProcess peer) throws Exception {
        poll("a second peer", () -> peer.api().json("/id").path("cluster_peers").size() > 1);
    }

    private static void awaitState(PeerProcess peer, Cid last) throws Exception {
        poll("the state", () -> peer.api().send("GET", "/allocations/" + last).status() == 200);
    }

    private static void awaitPinned(PeerProcess peer, int count) throws Exception {
        poll("the pins", () -> {
            PeerApi.Reply pinned = peer.api().send("GET", "/pins?local=true&filter=pinned");
            return pinned.body().lines().filter(line -> !line.isBlank()).count() >= count;
        });
    }

    private static void poll(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no sign of " + what + " within " + LIMIT);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static Cid cid(int i) {
        byte[] text = ("pinfold measure " + i).getBytes(StandardCharsets.UTF_8);
        return Cid.v1(Multicodec.RAW, Multihash.identity(Bytes.copyOf(text)));
    }

    private interface Condition {
        boolean holds();
    }
}
