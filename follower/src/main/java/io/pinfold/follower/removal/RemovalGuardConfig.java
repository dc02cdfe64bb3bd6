package io.pinfold.follower.removal;

import java.time.Duration;

/**
 * When removals may happen.
 *
 * @param delay age at which an unconfirmed removal runs; too short and a branch of the chain that loses in the end
 *            costs a second download, too long and the disk is freed late
 * @param window time within which removals count as one mass; at least a second
 * @param share of what is held, above 0 and at most 1: more removals within the window wait
 * @param floor so many removals within the window never wait as a mass, whatever is held
 * @param grace how long a mass waits; too short and nobody notices that a key was stolen
 */
public record RemovalGuardConfig(Duration delay, Duration window, double share, int floor, Duration grace) {

    /** 60 s; more than a tenth of what is held and more than 100 within an hour wait for a day. */
    public static final RemovalGuardConfig DEFAULT = new RemovalGuardConfig(
            Duration.ofSeconds(60), Duration.ofHours(1), 0.1, 100, Duration.ofHours(24));

    public RemovalGuardConfig {
        require(!delay.isNegative(), "removal_delay must not be negative");
        require(window.compareTo(Duration.ofSeconds(1)) >= 0, "removal_window must be at least 1s");
        require(share > 0 && share <= 1, "removal_share must be above 0 and at most 1");
        require(floor >= 0, "removal_floor must not be negative");
        require(grace.compareTo(delay) >= 0, "removal_grace must be at least removal_delay");
    }

    /** How long a removal that happened counts: until nothing near it can still be waiting. */
    public Duration retention() {
        return grace.plus(window.multipliedBy(2));
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
