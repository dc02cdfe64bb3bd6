package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;

/**
 * What a verification looked at and found.
 *
 * @param blocks that were compared with their hashes
 * @param damaged of those, which are here no more
 * @param missing blocks that pins keep and that are not here
 */
public record Verification(long blocks, long damaged, long missing) {

    /** Hears of what a verification finds while it runs; what is thrown here ends it. */
    @FunctionalInterface
    public interface Watcher {

        /** Something is wrong. */
        void found(Problem problem);

        /** So many blocks have been compared. */
        default void compared(long blocks) {}
    }

    /** Something that is wrong. */
    public sealed interface Problem {

        /** A block was not as it was stored, and is here no more. */
        record Damaged(Multihash hash) implements Problem {}

        /** A block that a pin keeps is not here, and wants fetching and storing; the pin needs nothing else. */
        record Missing(Cid cid) implements Problem {}
    }
}
