package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.store.ChildOptions;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.JavaProcess;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that pins, imports, unpins and collects is killed at any moment, again and again: what it acknowledged holds, every
 * block is whole, and nothing is left that nobody wants. Once; with the system property {@code full} 90 times.
 */
@Timeout(900)
class KilledPinsIT {

    private static final int KILLS = System.getProperty("full") == null ? 1 : 90;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    /** Pins that must be there, with their depth. */
    private final Map<Integer, Integer> pinned = new HashMap<>();
    /** Roots with which the writer was doing something. */
    private final Set<Integer> uncertain = new HashSet<>();

    @Test
    void whatWasAcknowledgedHolds() throws IOException {
        RandomGenerator random = seeds.generator();
        long graphSeed = random.nextLong();
        TestGraph graph = new TestGraph(new SplittableRandom(graphSeed), PinsMain.NODES, PinsMain.MAX_LEAF);
        int acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged += writeAndKill(graphSeed, random);
            requireAllThere(graph, "kill " + kill + ", " + seeds);
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(KILLS);
    }

    private int writeAndKill(long graphSeed, RandomGenerator random) throws IOException {
        int lines = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(120);
        int seen = 0;
        try (ChildProcess writer = JavaProcess.start(ChildOptions.in(folder.resolve("library")), PinsMain.class,
                folder.resolve("node").toString(), Long.toString(graphSeed), Long.toString(random.nextLong()))) {
            while (seen < lines) {
                note(writer.nextLine(PATIENCE).orElseThrow(() -> new AssertionError("it ended:\n" + writer.tail())));
                seen++;
            }
            writer.signal("KILL");
            Optional<String> rest = writer.nextLine(PATIENCE);
            while (rest.isPresent()) {
                note(rest.get());
                seen++;
                rest = writer.nextLine(PATIENCE);
            }
        }
        return seen;
    }

    private void note(String line) {
        String[] words = line.split(" ", -1);
        int root = words.length > 1 && words[1].matches("\\d+") ? Integer.parseInt(words[1]) : -1;
        switch (words[0]) {
            case "pinning", "unpinning" -> uncertain.add(root);
            case "pinned" -> {
                uncertain.remove(root);
                pinned.put(root, Integer.parseInt(words[2]));
            }
            case "unpinned" -> {
                uncertain.remove(root);
                pinned.remove(root);
            }
            default -> assertThat(words[0]).as(line).isNotEqualTo("Exception");
        }
    }

    private void requireAllThere(TestGraph graph, String when) throws IOException {
        try (DiskBlockstore store = Stores.open(folder.resolve("node"));
                Pins pins = new Pins(store.database(), store, TestGraph::links, new Budget(store, 1 << 30))) {
            Map<Integer, Integer> found = new HashMap<>();
            pins.forEach(pin -> found.put(graph.cids().indexOf(pin.root()), pin.depth()));
            Map<Integer, Integer> certain = new HashMap<>(found);
            certain.keySet().removeAll(uncertain);
            pinned.keySet().removeAll(uncertain);
            assertThat(certain).as(when).isEqualTo(pinned);
            pinned.clear();
            pinned.putAll(found);
            uncertain.clear();
            Set<Cid> wanted = new HashSet<>();
            found.forEach((root, depth) -> wanted.addAll(graph.reach(graph.cids().get(root), depth)));
            assertThat(wanted).as(when).allMatch(cid -> store.find(cid) instanceof Found.Present);
            Verification verification = pins.verify(_ -> {});
            assertThat(verification.damaged()).as(when).isZero();
            assertThat(verification.missing()).as(when).isZero();
            requireExactUsage(store, when);
            pins.unfinished().forEach(pin -> abort(pins, pin));
            pins.collect();
            Set<Multihash> contents = new HashSet<>();
            store.forEach((hash, _) -> contents.add(hash));
            assertThat(contents).as(when).isEqualTo(TestGraph.stored(wanted));
            requireExactUsage(store, when);
        }
        requireNoStrayFiles(when);
    }

    private static void abort(Pins pins, Pin pin) {
        try (PinSession session = ((Begun.Started) pins.begin(pin)).session()) {
            session.abort();
        }
    }

    private static void requireExactUsage(DiskBlockstore store, String when) {
        long[] sums = new long[2];
        store.forEach((_, size) -> {
            sums[0]++;
            sums[1] += size;
        });
        assertThat(store.usage()).as(when).isEqualTo(new Usage(sums[0], sums[1]));
    }

    /** Every file is that of a block; the folder of files is not there before the first. */
    private void requireNoStrayFiles(String when) throws IOException {
        Path ofBlocks = folder.resolve("node/files");
        try (DiskBlockstore store = Stores.open(folder.resolve("node"));
                Stream<Path> files = Files.exists(ofBlocks) ? Files.walk(ofBlocks) : Stream.empty()) {
            long[] large = new long[1];
            store.forEach((_, size) -> large[0] += size >= Stores.SMALL.fileSize() ? 1 : 0);
            assertThat(files.filter(Files::isRegularFile).count()).as(when).isEqualTo(large[0]);
        }
    }
}
