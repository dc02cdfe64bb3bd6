package io.pinfold.ipfsnode.fetch;

import java.time.Duration;

/**
 * With how much patience a session begins: the less, the more of the sessions before had their first block from the second of two
 * exchanges, but never with less than a sixteenth of the longest, so that the first is given a chance.
 *
 * <p>Safe for use by many threads.
 */
final class StartingPatience {

    private static final double MOST_SHARE = 15.0 / 16;
    /** How much the latest session counts. */
    private static final double LATEST = 1.0 / 4;

    private final Duration longest;
    private double shareOfSecond;

    StartingPatience(Duration longest) {
        this.longest = longest;
    }

    synchronized Patience forSession() {
        return new Patience(longest, Math.min(shareOfSecond, MOST_SHARE), this::began);
    }

    private synchronized void began(boolean fromSecond) {
        shareOfSecond += ((fromSecond ? 1 : 0) - shareOfSecond) * LATEST;
    }
}
