package io.pinfold.chain.store;

import io.pinfold.chain.PinView;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.JavaProcess;
import io.pinfold.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A writer is killed at any moment, again and again: nothing acknowledged is lost, and the state is that of the chain. */
class KilledStoresIT {

    private static final int KILLS = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    Path folder;

    private final Set<Cid> blocks = new HashSet<>();
    private final List<Cid> heads = new ArrayList<>();
    private final List<String> intake = new ArrayList<>();
    private int killedWhileBuilding;

    @Test
    void nothingAcknowledgedIsLost() {
        RandomGenerator random = seeds.generator();
        for (int kill = 0; kill < KILLS; kill++) {
            writeAndKill(random);
            killedWhileBuilding += Files.exists(folder.resolve("pins/building.db")) ? 1 : 0;
            requireAllThere("kill " + kill + ", " + seeds);
        }
        assertThat(blocks).hasSizeGreaterThan(KILLS);
        assertThat(killedWhileBuilding).as("kills while a base was built").isPositive();
    }

    /** Runs a writer until it has printed a random number of lines, and takes down all that it acknowledged. */
    private void writeAndKill(RandomGenerator random) {
        int lines = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(300);
        intake.clear();
        try (ChildProcess writer = JavaProcess.start(WriterMain.class, folder.toString(), random.nextLong() + "")) {
            for (int line = 0; line < lines; line++) {
                note(writer.nextLine(PATIENCE)
                        .orElseThrow(() -> new AssertionError("writer ended:\n" + writer.tail())));
            }
            writer.signal("KILL");
            Optional<String> rest = writer.nextLine(PATIENCE);
            while (rest.isPresent()) {
                note(rest.get());
                rest = writer.nextLine(PATIENCE);
            }
        }
    }

    private void note(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "opening" -> {
            }
            case "block" -> blocks.add(cid(words[1]));
            case "head" -> {
                heads.add(cid(words[1]));
                intake.clear();
            }
            case "intake" -> intake.add(line);
            default -> throw new AssertionError(line);
        }
    }

    private static Cid cid(String text) {
        return Cid.parse(text).orElseThrow();
    }

    private void requireAllThere(String when) {
        try (StoreRig rig = new StoreRig(folder)) {
            assertThat(rig.chain.report().damaged()).as(when).isEmpty();
            assertThat(rig.intake.report().damaged()).as(when).isEmpty();
            assertThat(blocks).as(when).allMatch(cid -> rig.chain.get(cid).isPresent());
            requireHead(rig, when);
            List<String> pending = rig.intake.pending()
                    .stream()
                    .map(entry -> "intake " + entry.seq() + " " + entry.op())
                    .toList();
            assertThat(pending).as(when).containsAll(intake);
            rig.catchUp();
            assertThat(rig.pins.mark().point()).as(when).isEqualTo(rig.head());
            try (PinView view = rig.pins.view()) {
                List<PinEntry> expected = List.copyOf(rig.fold().values());
                assertThat(view.entries().toList()).as(when).isEqualTo(expected);
                assertThat(view.size()).as(when).isEqualTo(expected.size());
            }
        }
    }

    /** The head is the last one acknowledged, or one that was being appended; its whole branch is there. */
    private void requireHead(StoreRig rig, String when) {
        ChainPoint head = rig.head();
        if (!heads.isEmpty()) {
            assertThat(head.cid().equals(heads.getLast()) || !heads.contains(head.cid())).as(when).isTrue();
        }
        List<SignedBlock> branch = new ArrayList<>();
        rig.chain.scan(1, branch::add);
        assertThat(branch).as(when).hasSize((int) head.height());
        if (head.height() > 0) {
            heads.add(head.cid());
        }
    }
}
