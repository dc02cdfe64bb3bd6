package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.pins.ImportSession;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.pins.PinOutcome;
import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.ipfsnode.pins.PinsAudit;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills amidst the removal of what nothing keeps any more: the rest goes after the next start, and nothing else. */
class KilledCollectionIT extends KilledNode {

    private static final int TREES = 3;
    private static final int FILES = AMOUNT * 200;
    private static final int LOOSE = AMOUNT * 70;
    private static final int STEPS = AMOUNT * 2;

    /** Roots to be unpinned. */
    private final List<String> ending = new ArrayList<>();
    /** Blocks that never had a pin. */
    private final Set<Multihash> loose = new HashSet<>();

    @Test
    void whatIsPinnedStaysAndAllElseGoes() throws IOException {
        lookThrough(List.of());
        killAgainAndAgain();
    }

    @Override
    Class<?> main() {
        return CollectMain.class;
    }

    @Override
    List<String> arguments() {
        return ending;
    }

    @Override
    int steps() {
        return STEPS;
    }

    /** Something was removed, and something that is to be removed is still here. */
    @Override
    boolean isAmidst(PinsAudit audit, List<String> lines) {
        return lines.stream().anyMatch(line -> line.startsWith("step ")) && !audit.unkept().isEmpty();
    }

    @Override
    void requireReleased(PinsAudit audit) {
        assertThat(loose).as(seeds.toString()).containsAll(audit.unkept());
    }

    @Override
    void prepare(Pins pins, DiskBlockstore store) {
        List<String> pinned = new ArrayList<>();
        pins.forEach(pin -> pinned.add(pin.root().toString()));
        while (pinned.size() < TREES) {
            pinned.add(importTree(pins, random.nextLong()).toString());
        }
        pinned.remove(random.nextInt(TREES));
        ending.clear();
        ending.addAll(pinned);
        loose.clear();
        for (int number = 0; number < LOOSE; number++) {
            Block block = Stores.block(random, 50 + random.nextInt(8_000));
            assertThat(store.put(List.of(block))).isInstanceOf(Put.Stored.class);
            loose.add(block.cid().hash());
        }
    }

    private static Cid importTree(Pins pins, long number) {
        try (ImportSession session = pins.beginImport().orElseThrow()) {
            Cid root = Trees.make(number, FILES, blocks -> {
                assertThat(session.put(blocks)).isInstanceOf(ImportSession.Imported.Stored.class);
                return new Put.Stored(0);
            });
            assertThat(session.commit(new Pin(root, Pin.ALL, ChildNode.PINS))).isInstanceOf(PinOutcome.Done.class);
            return root;
        }
    }
}
