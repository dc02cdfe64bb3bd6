package io.pinfold.ipfs;

import java.time.Duration;

/**
 * What happens when the daemon is away: after so many failures in a row calls fail at once, and one is let through to
 * try after a pause, which doubles each time.
 *
 * @param failures how many; 1 makes a single hiccup count (3)
 * @param firstPause shortest pause (500 ms)
 * @param longestPause longest pause; as long may it take until a daemon that is back is noticed (30 s)
 */
public record CircuitConfig(int failures, Duration firstPause, Duration longestPause) {

    /** The values in parentheses above. */
    public static final CircuitConfig DEFAULT = new CircuitConfig(3, Duration.ofMillis(500),
            Duration.ofSeconds(30));

    public CircuitConfig {
        Bounds.between("circuit.failures", failures, 1000);
        Bounds.positive("circuit.firstPause", firstPause);
        Bounds.positive("circuit.longestPause", longestPause);
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("circuit.longestPause is shorter than circuit.firstPause");
        }
    }
}
