package io.pinfold.ipfsnode.fetch;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long a session waits for the first of two exchanges before it asks the second: the less, the more of what came lately came
 * from the second, and nothing once all of it did.
 *
 * <p>Used by one thread.
 */
final class Patience {

    /** Shorter waits are none. */
    private static final Duration SHORTEST = Duration.ofMillis(20);
    /** How much the latest block counts. */
    private static final double LATEST = 1.0 / 16;

    private final Duration longest;
    private final Consumer<Boolean> firstBlock;
    private double shareOfSecond;
    private boolean anyCame;

    /**
     * The patience of a session that nothing came to yet.
     *
     * @param shareOfSecond what other sessions let expect, from 0 to 1
     * @param firstBlock told once whether the session's first block came from the second
     */
    Patience(Duration longest, double shareOfSecond, Consumer<Boolean> firstBlock) {
        this.longest = longest;
        this.shareOfSecond = shareOfSecond;
        this.firstBlock = firstBlock;
    }

    /** A block came. */
    void came(boolean fromSecond) {
        double latest = fromSecond ? 1 : 0;
        if (anyCame) {
            shareOfSecond += (latest - shareOfSecond) * LATEST;
        } else {
            anyCame = true;
            shareOfSecond = latest;
            firstBlock.accept(fromSecond);
        }
    }

    /** Whether more comes from the second. */
    boolean prefersSecond() {
        return shareOfSecond > 0.5;
    }

    /** The wait, in nanoseconds. */
    long nanos() {
        long wait = (long) (longest.toNanos() * (1 - shareOfSecond));
        return wait < SHORTEST.toNanos() ? 0 : wait;
    }
}
