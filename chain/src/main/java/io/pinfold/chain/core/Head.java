package io.pinfold.chain.core;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.List;
import java.util.Optional;

/**
 * What a trusted peer announces: the best branch that it knows.
 *
 * @param chainId the CID of the cluster's genesis
 * @param trustVersion version of the trusted keys at the head, from 0
 * @param height of the head; 0 while there is no block
 * @param cid the newest block; the chain id while there is none
 * @param timeMillis when the announcement was signed, in milliseconds since 1970
 * @param snapshot the newest snapshot that the voter vouches for
 * @param blocks encoded blocks that lead up to the head, in ascending order, together at most
 *        {@link Limits#INLINE_BYTES}
 * @param voter whose key signs it
 */
public record Head(Cid chainId, long trustVersion, long height, Cid cid, long timeMillis, Optional<Snapshot> snapshot,
        List<Bytes> blocks, PeerId voter) {

    /** The version of the head format that is written. */
    public static final int VERSION = 1;

    /** The root of the pinset at a height. */
    public record Snapshot(long height, Cid root) {

        /**
         * Checks the height.
         *
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Snapshot {
            requireRange("snapshot height", height, 1, Limits.MAX_NUMBER);
        }
    }

    /**
     * Copies the list and checks the bounds.
     *
     * @throws IllegalArgumentException if one is broken
     */
    public Head {
        blocks = List.copyOf(blocks);
        requireRange("trust version", trustVersion, 0, Limits.MAX_NUMBER);
        requireRange("height", height, 0, Limits.MAX_NUMBER);
        requireRange("time", timeMillis, 0, Limits.MAX_TIME);
        requireRange("number of blocks", blocks.size(), 0, Limits.INLINE_BLOCKS);
        requireRange("size of the blocks", blocks.stream().mapToLong(Bytes::size).sum(), 0, Limits.INLINE_BYTES);
        if ((height == 0) != cid.equals(chainId)) {
            throw new IllegalArgumentException("head " + cid + " at height " + height);
        }
    }

    private static void requireRange(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + ", allowed are " + min + " to " + max);
        }
    }
}
