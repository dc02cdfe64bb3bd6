package io.pinfold.chain.store.pins;

import io.pinfold.chain.StoreFailure;
import java.time.Duration;

/** What became of building a base. */
sealed interface BuildOutcome {

    /**
     * The base is in place on disk.
     *
     * @param states the state when building ended, with all blocks that were applied meanwhile
     */
    record Built(FileBase base, Rebased states, Duration took) implements BuildOutcome {

        /** The pinset of {@code newest} on the new base; little work unless blocks were undone since. */
        PinState carriedTo(PinState newest, long salt) {
            Layer seen = states.seen.top();
            long height = states.seen.mark().height();
            return seen != null && newest.has(seen)
                    ? states.rebased.pushAll(Layer.above(height, newest.top()))
                    : newest.rebase(base, salt);
        }
    }

    /** A state on the former base, and the same pinset on the new one. */
    record Rebased(PinState seen, PinState rebased) {}

    /** It could not be built. */
    record Failed(StoreFailure failure) implements BuildOutcome {}

    /** It was called off. */
    record Cancelled() implements BuildOutcome {}
}
