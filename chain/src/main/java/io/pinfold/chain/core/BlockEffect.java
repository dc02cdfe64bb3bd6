package io.pinfold.chain.core;

import java.util.List;

/**
 * What one block of the applied branch does to the pinset, with all that it merges.
 *
 * @param before where the state stands before
 * @param after where it stands afterwards, one block higher
 * @param changes in order; a later one for the same CID counts
 */
public record BlockEffect(ChainPoint before, StateMark after, List<PinChange> changes) {

    /**
     * Copies the list and checks the heights.
     *
     * @throws IllegalArgumentException if {@code after} is not one block higher
     */
    public BlockEffect {
        changes = List.copyOf(changes);
        if (after.height() != before.height() + 1) {
            throw new IllegalArgumentException("from height " + before.height() + " to " + after.height());
        }
    }
}
