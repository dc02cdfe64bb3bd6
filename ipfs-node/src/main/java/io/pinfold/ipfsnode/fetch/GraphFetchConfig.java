package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.Exchange;

/**
 * Bounds of the walks that fetch graphs.
 *
 * @param wantedBytes data on its way for all walks together, as far as it can be guessed from the blocks that came; too small,
 *        and a distant peer is not kept busy (64 MiB)
 * @param wantedBlocks wishes of one walk at once, at most those of a session (1,024)
 * @param batchBytes data stored in one go (8 MiB)
 * @param batchBlocks blocks stored in one go (256)
 * @param cachedLinks links of unfinished nodes held in memory, some 120 bytes each; the others are read again when their
 *        turn comes (65,536)
 * @param openNodes unfinished nodes, some 200 bytes each; a graph that needs more is refused (262,144)
 * @param seenNodes nodes with links that a walk remembers having been at, some 24 bytes each; past it some are walked
 *        again (4 Mi)
 */
public record GraphFetchConfig(long wantedBytes, int wantedBlocks, int batchBytes, int batchBlocks, int cachedLinks,
        int openNodes, int seenNodes) {

    /** The values in parentheses above. */
    public static final GraphFetchConfig DEFAULT = new GraphFetchConfig(64L << 20, Exchange.Session.MAX_WANTED, 8 << 20,
            256, 1 << 16, 1 << 18, 4 << 20);

    /** Checks the bounds. */
    public GraphFetchConfig {
        require(wantedBytes >= 1, "wantedBytes is at least 1");
        require(wantedBlocks >= 1 && wantedBlocks <= Exchange.Session.MAX_WANTED,
                "wantedBlocks is from 1 to " + Exchange.Session.MAX_WANTED);
        require(batchBytes >= 1 && batchBlocks >= 1, "batchBytes and batchBlocks are at least 1");
        require(cachedLinks >= 1 && openNodes >= 1, "cachedLinks and openNodes are at least 1");
        require(seenNodes >= SeenNodes.SMALLEST && Integer.bitCount(seenNodes) == 1,
                "seenNodes is a power of two from " + SeenNodes.SMALLEST);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("fetch: " + rule);
        }
    }
}
