package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfsnode.dag.Links;
import io.pinfold.ipfsnode.pins.Budget;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.ipfsnode.pins.PinsAudit;
import io.pinfold.ipfsnode.pins.Verification;
import io.pinfold.ipfsnode.store.ChildOptions;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.JavaProcess;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process with an embedded node is killed amidst one kind of work again and again, and what it leaves is looked through
 * wholly each time. Only kills that struck amidst the work count: 2, with the system property {@code full} 30.
 *
 * <p>The process prints {@code step …} as its work gets on, and before and after each change what it {@code would} and what it
 * {@code did}.
 */
@Timeout(900)
abstract class KilledNode {

    /** How much larger the work is in a full run. */
    static final int AMOUNT = System.getProperty("full") == null ? 1 : 8;

    private static final int KILLS = AMOUNT == 1 ? 2 : 30;
    /** Kills that came too early or too late. */
    private static final int MISSES = 3 * KILLS;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    final RandomGenerator random = seeds.generator();

    /** Pins that the process has acknowledged, and those that it had when it began. */
    private final Set<Pin> promised = new HashSet<>();
    /** Pins that it was making or ending when it was killed. */
    private final Set<Pin> uncertain = new HashSet<>();
    private int round;

    /** Has the process work and be killed, until it was killed amidst its work often enough. */
    final void killAgainAndAgain() throws IOException {
        int amidst = 0;
        while (amidst < KILLS) {
            assertThat(round - amidst).as("kills that missed, %s", seeds).isLessThanOrEqualTo(MISSES);
            List<String> lines = workAndKill(random.nextInt(steps()));
            amidst += lookThrough(lines) ? 1 : 0;
            round++;
        }
        System.out.println(getClass().getSimpleName() + ": " + amidst + " kills amidst the work, of " + round);
    }

    /** The class of the process. */
    abstract Class<?> main();

    /** What it gets to know besides the folder of the node. */
    abstract List<String> arguments();

    /** Steps from the first on, one of which is the last. */
    abstract int steps();

    /** Whether a store that was opened after a kill shows that work was going on. */
    abstract boolean isAmidst(PinsAudit audit, List<String> lines);

    /** Holds when what ended pins kept has been removed, and nothing else. */
    void requireReleased(PinsAudit audit) {}

    /** Prepares the next round. */
    abstract void prepare(Pins pins, DiskBlockstore store);

    private List<String> workAndKill(int steps) throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of(node().toString()));
        arguments.addAll(arguments());
        try (ChildProcess process = JavaProcess.start(ChildOptions.in(folder.resolve("library")), main(),
                arguments.toArray(String[]::new))) {
            int seen = 0;
            while (seen <= steps) {
                String line = process.nextLine(PATIENCE).orElseThrow(() -> new AssertionError(when() + process));
                lines.add(line);
                seen += line.startsWith("step ") ? 1 : 0;
                if (line.equals("ended")) {
                    break;
                }
            }
            process.signal("KILL");
            Optional<String> rest = process.nextLine(PATIENCE);
            while (rest.isPresent()) {
                lines.add(rest.get());
                rest = process.nextLine(PATIENCE);
            }
        }
        return lines;
    }

    /** Looks through what is on disk, collects, and prepares the next round; whether a kill struck amidst the work. */
    final boolean lookThrough(List<String> lines) throws IOException {
        lines.forEach(this::note);
        boolean amidst;
        try (DiskBlockstore store = Stores.open(node().resolve("blocks"))) {
            PinsAudit audit = new PinsAudit(store, when());
            audit.requireSound();
            amidst = isAmidst(audit, lines);
            requirePromised(audit);
            try (Pins pins = new Pins(store.database(), store,
                    (cid, data) -> Links.of(new Block(cid, data)).map(Links::cids), new Budget(store, 1L << 40))) {
                Verification found = pins.verify(_ -> {});
                assertThat(found.damaged() + found.missing()).as("%s: %s", when(), found).isZero();
                pins.awaitReleases();
                requireReleased(audit);
                pins.collect();
                audit.requireSound();
                audit.requireNothingUnkept();
                requirePromised(audit);
                prepare(pins, store);
            }
            requireNoStrayFiles(store);
            promised.clear();
            promised.addAll(audit.pins());
            uncertain.clear();
        }
        return amidst;
    }

    private void note(String line) {
        String[] words = line.split(" ", -1);
        if (!Set.of("would", "did").contains(words[0])) {
            assertThat(words[0]).as("%s: %s", when(), line).isIn("begun", "step", "ended");
            return;
        }
        Pin pin = new Pin(Cid.parse(words[2]).orElseThrow(), Integer.parseInt(words[3]), ChildNode.PINS);
        if (words[0].equals("would")) {
            uncertain.add(pin);
        } else if (words[1].equals("pin")) {
            uncertain.remove(pin);
            promised.add(pin);
        } else {
            uncertain.remove(pin);
            promised.remove(pin);
        }
    }

    private void requirePromised(PinsAudit audit) {
        Set<Pin> found = new HashSet<>(audit.pins());
        assertThat(found).as(when()).containsAll(promised.stream().filter(pin -> !uncertain.contains(pin)).toList());
        found.removeAll(promised);
        assertThat(uncertain).as(when()).containsAll(found);
    }

    private void requireNoStrayFiles(DiskBlockstore store) throws IOException {
        long[] large = new long[1];
        store.forEach((_, size) -> large[0] += size >= Stores.SMALL.fileSize() ? 1 : 0);
        Path ofBlocks = node().resolve("blocks/files");
        try (Stream<Path> files = Files.exists(ofBlocks) ? Files.walk(ofBlocks) : Stream.empty()) {
            assertThat(files.filter(Files::isRegularFile).count()).as(when()).isEqualTo(large[0]);
        }
    }

    private Path node() {
        return folder.resolve("node");
    }

    private String when() {
        return "round " + round + ", " + seeds;
    }
}
