package io.pinfold.chain.core;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.HashSet;
import java.util.List;

/**
 * What the author of a block signs.
 *
 * @param chainId the CID of the cluster's genesis
 * @param height from 1; one more than the previous block's
 * @param prev the previous block; of block 1 the chain id
 * @param trust the newest block below with a {@code trust} or {@code config} operation; the chain id if there is none
 * @param merges blocks of other branches whose own operations apply before those of this block, in this order
 * @param author whose key signs it
 * @param seq the author's sequence number, from 1, used once
 * @param timeMillis when it was made, in milliseconds since 1970; not before the previous block's
 * @param ops its own operations, in order
 */
public record Block(Cid chainId, long height, Cid prev, Cid trust, List<Cid> merges, PeerId author, long seq,
        long timeMillis, List<LogOp> ops) {

    /** The version of the block format that is written. */
    public static final int VERSION = 1;

    /**
     * Copies the lists and checks the bounds that need no other block.
     *
     * @throws IllegalArgumentException if one is broken
     */
    public Block {
        merges = List.copyOf(merges);
        ops = List.copyOf(ops);
        requireRange("height", height, 1, Limits.MAX_NUMBER);
        requireRange("sequence number", seq, 1, Limits.MAX_NUMBER);
        requireRange("time", timeMillis, 0, Limits.MAX_TIME);
        requireRange("number of merges", merges.size(), 0, Limits.MERGES);
        requireRange("number of operations", ops.size(), 0, Limits.BLOCK_OPS);
        requireRange("number of distinct merges", new HashSet<>(merges).size(), merges.size(), merges.size());
    }

    /** Whether it has a {@code trust} or {@code config} operation. */
    public boolean changesTrust() {
        return ops.stream().anyMatch(op -> op instanceof LogOp.TrustOp || op instanceof LogOp.ConfigOp);
    }

    private static void requireRange(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + ", allowed are " + min + " to " + max);
        }
    }
}
