package io.pinfold.ipfsnode.ipns;

import java.time.Duration;

/**
 * How names are published and looked up.
 *
 * @param lifetime of the records that are made anew of those we published; too short, and a name is lost when this node is off
 *        for a while (48 h)
 * @param republish between rounds of making the records of our own names anew and handing them over again (4 h)
 * @param rebroadcast between rounds of publishing them again to who follows them (10 min)
 * @param longestKept longest time that a resolved name is not looked up again, whatever its record says (1 h)
 * @param handingOver for each place that takes our records (10 s)
 * @param maxRecords names that a record is kept of (4,096)
 */
public record NamesConfig(Duration lifetime, Duration republish, Duration rebroadcast, Duration longestKept,
        Duration handingOver, int maxRecords) {

    /** The values in parentheses above. */
    public static final NamesConfig DEFAULT = new NamesConfig(Duration.ofDays(2), Duration.ofHours(4),
            Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofSeconds(10), 4_096);

    /** Checks the values. */
    public NamesConfig {
        require(republish.isPositive() && lifetime.compareTo(republish.multipliedBy(2)) >= 0,
                "lifetime is at least twice republish");
        require(rebroadcast.isPositive() && handingOver.isPositive() && !longestKept.isNegative(),
                "rebroadcast, handingOver and longestKept are positive");
        require(maxRecords >= 1, "maxRecords is at least 1");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("names: " + rule);
        }
    }
}
