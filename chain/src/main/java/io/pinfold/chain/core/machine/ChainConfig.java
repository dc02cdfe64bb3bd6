package io.pinfold.chain.core.machine;

import java.time.Duration;

/**
 * The settings of the chain.
 *
 * @param staleAfter how long without a fresh head before this peer calls itself stale, default 24 h
 * @param repeat about how often a trusted peer announces the best head that it knows, default 60 s; longer makes
 *        newcomers wait and confirmations late, shorter costs every peer a signature check
 * @param slot the unit of the random delay between blocks while several keys write, default 10 ms; it should be about the
 *        time in which a block reaches the others: shorter makes forks, longer makes blocks late
 * @param alone whether to sign without having heard of any other peer
 */
public record ChainConfig(Duration staleAfter, Duration repeat, Duration slot, boolean alone) {

    /** The settings that are right for most clusters. */
    public static final ChainConfig DEFAULT = new ChainConfig(Duration.ofHours(24), Duration.ofSeconds(60),
            Duration.ofMillis(10), false);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException naming the setting that breaks its bound
     */
    public ChainConfig {
        require("stale_after", staleAfter, Duration.ofMinutes(5), Duration.ofDays(366));
        require("repeat", repeat, Duration.ofSeconds(1), Duration.ofMinutes(10));
        require("slot", slot, Duration.ofMillis(1), Duration.ofSeconds(10));
    }

    private static void require(String what, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(what + " is " + value + ", allowed are " + min + " to " + max);
        }
    }
}
