package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.unixfs.ShardPlaces;

/**
 * When a folder is written in shards: above a size that is estimated, or above a number of entries.
 *
 * @param threshold greatest estimate, in bytes, of a folder in one block; too large makes blocks that peers refuse
 * @param maxLinks greatest number of entries of a folder in one block; 0 for any
 */
public record Sharding(Estimate estimate, int threshold, int maxLinks, ShardPlaces places) {

    /** Kubo's threshold, in bytes. */
    public static final int DEFAULT_THRESHOLD = 256 << 10;

    /** How the size of a folder in one block is estimated. */
    public enum Estimate {
        /** The sum of the sizes of names and CIDs. */
        LINKS,
        /** The size of the block. */
        BLOCK,
        /** Not at all: only the number of entries counts. */
        DISABLED
    }

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Sharding {
        if (threshold < 0 || maxLinks < 0) {
            throw new IllegalArgumentException("negative bound: " + threshold + ", " + maxLinks);
        }
    }

    /** Kubo's threshold and 256 places, with this estimate. */
    public static Sharding by(Estimate estimate) {
        return new Sharding(estimate, DEFAULT_THRESHOLD, 0, new ShardPlaces(256));
    }
}
