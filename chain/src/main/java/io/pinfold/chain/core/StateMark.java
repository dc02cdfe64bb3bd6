package io.pinfold.chain.core;

import io.pinfold.multiformats.Cid;

/**
 * Where a state stands: the block whose effect was the last, and what the next block is judged by.
 *
 * @param point of that block; the genesis for the empty state
 * @param timeMillis of that block, 0 at the genesis
 * @param trust the newest block up to there with a {@code trust} or {@code config} operation, else the chain id
 * @param trustVersion of the keys in force, 0 for those of the genesis
 * @param sequences applied up to there
 */
public record StateMark(ChainPoint point, long timeMillis, Cid trust, long trustVersion, AppliedSequences sequences) {

    /** The mark of the empty state of the cluster {@code chainId}. */
    public static StateMark genesis(Cid chainId) {
        return new StateMark(new ChainPoint(0, chainId), 0, chainId, 0, AppliedSequences.NONE);
    }

    /** The height of {@link #point}. */
    public long height() {
        return point.height();
    }
}
