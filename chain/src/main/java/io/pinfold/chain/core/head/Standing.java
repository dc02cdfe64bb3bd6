package io.pinfold.chain.core.head;

import io.pinfold.multiformats.PeerId;
import java.util.Comparator;
import java.util.Map;

/**
 * How high on the applied branch each publisher key stands with its latest head. Immutable.
 *
 * @param upTo by key, the highest block of the applied branch that its head is or builds on; without keys never heard of
 * @param publishers number of publisher keys
 */
public record Standing(Map<PeerId, Long> upTo, int publishers) {

    /** Copies the map. */
    public Standing {
        upTo = Map.copyOf(upTo);
    }

    /** The confirmation of the block at {@code height} of the applied branch. */
    public Confirmation of(long height) {
        return new Confirmation((int) upTo.values().stream().filter(top -> top >= height).count(), publishers);
    }

    /** The greatest height that more than half of the keys confirm, 0 if there is none. */
    public long confirmedHeight() {
        int needed = publishers / 2 + 1;
        return upTo.values()
                .stream()
                .sorted(Comparator.reverseOrder())
                .skip(needed - 1L)
                .findFirst()
                .orElse(0L);
    }
}
