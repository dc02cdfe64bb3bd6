package io.pinfold.ipfsnode.fetch;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much may be on its way, divided evenly among the walks that run.
 *
 * <p>The size of a block is known once it came, so each walk guesses from those that came to it.
 */
final class SharedWindow {

    /** Wishes that a walk has at least, however many walks there are. */
    static final int LEAST = 8;

    private final GraphFetchConfig config;
    private final AtomicInteger walks = new AtomicInteger();

    SharedWindow(GraphFetchConfig config) {
        this.config = config;
    }

    void enter() {
        walks.incrementAndGet();
    }

    void leave() {
        walks.decrementAndGet();
    }

    /** How many blocks of {@code size} bytes one walk may have on their way. */
    int blocks(int size) {
        long share = config.wantedBytes() / Math.max(1, walks.get()) / Math.max(1, size);
        return (int) Math.min(config.wantedBlocks(), Math.max(LEAST, share));
    }
}
