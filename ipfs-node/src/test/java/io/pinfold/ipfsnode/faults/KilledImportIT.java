package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.ipfsnode.pins.PinsAudit;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kills amidst imports: what an import put goes, what it has pinned stays. */
class KilledImportIT extends KilledNode {

    private static final int FILES = AMOUNT * 250;
    /** Some more than an import has. */
    private static final int STEPS = AMOUNT * 9;

    @Test
    void whatWasImportedStays() throws IOException {
        killAgainAndAgain();
    }

    @Override
    Class<?> main() {
        return ImportMain.class;
    }

    @Override
    List<String> arguments() {
        return List.of(Long.toString(random.nextLong()), Integer.toString(FILES));
    }

    @Override
    int steps() {
        return STEPS;
    }

    @Override
    boolean isAmidst(PinsAudit audit, List<String> lines) {
        return audit.isImporting() && audit.taken() > 0;
    }

    @Override
    void prepare(Pins pins, DiskBlockstore store) {
        pins.forEach(pin -> pins.unpin(pin.root()));
    }
}
