package io.pinfold.trust;

import io.pinfold.multiformats.Cid;

/**
 * A pin of ours that is to go from a backend and has not gone yet.
 *
 * @param height of the block that took it out of the pinset; 0 if another cause did
 * @param timeMillis when the removal became due to wait, in milliseconds since 1970
 */
public record PendingRemoval(Cid cid, long height, long timeMillis) {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public PendingRemoval {
        if (height < 0 || timeMillis < 0) {
            throw new IllegalArgumentException("removal at height " + height + ", time " + timeMillis);
        }
    }
}
