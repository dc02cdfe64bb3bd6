package io.pinfold.chain.core;

import io.pinfold.multiformats.Cid;

/**
 * A place on a branch of the chain.
 *
 * @param height 0 for the genesis
 * @param cid of the block; of the genesis the chain id
 */
public record ChainPoint(long height, Cid cid) {

    /**
     * Checks the height.
     *
     * @throws IllegalArgumentException if it is out of bounds
     */
    public ChainPoint {
        if (height < 0 || height > Limits.MAX_NUMBER) {
            throw new IllegalArgumentException("height is " + height);
        }
    }
}
