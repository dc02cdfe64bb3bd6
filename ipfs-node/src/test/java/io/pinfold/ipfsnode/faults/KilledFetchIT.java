package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfsnode.node.TestNode;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.ipfsnode.pins.PinsAudit;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kills amidst pins of what another node has: they go on where they were. */
class KilledFetchIT extends KilledNode {

    private static final int TREES = 3;
    private static final int FILES = AMOUNT * 200;
    private static final int STEPS = AMOUNT * 8;

    private final List<String> arguments = new ArrayList<>();

    @Test
    void whatIsPinnedStaysAndWhatWasFetchedIsKept() throws IOException {
        try (TestNode provider = ChildNode.open(folder.resolve("provider").toString())) {
            arguments.add(provider.address().toString());
            for (int tree = 0; tree < TREES; tree++) {
                arguments.add(ChildNode.importTree(provider, random.nextLong(), FILES).toString());
                arguments.add(Integer.toString(tree == 1 ? 2 : Pin.ALL));
            }
            killAgainAndAgain();
        }
    }

    @Override
    Class<?> main() {
        return FetchMain.class;
    }

    @Override
    List<String> arguments() {
        return arguments;
    }

    @Override
    int steps() {
        return STEPS;
    }

    @Override
    boolean isAmidst(PinsAudit audit, List<String> lines) {
        return !audit.underWay().isEmpty() && lines.getLast().startsWith("step ");
    }

    @Override
    void prepare(Pins pins, DiskBlockstore store) {
        pins.forEach(pin -> pins.unpin(pin.root()));
    }
}
