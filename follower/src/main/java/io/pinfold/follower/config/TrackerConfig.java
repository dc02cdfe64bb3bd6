package io.pinfold.follower.config;

import java.time.Duration;

/**
 * Pinning and unpinning at the backend: section {@code tracker}.
 *
 * @param concurrentPins pins fetched at once (10). Too few: one slow item delays the rest. Too many: slower, 10 to 20 is best
 * @param concurrentUnpins removals at once (2)
 * @param pinTimeout time without a new block after which a pin gives its slot up (2m). Too short: slow sources are never
 *     fetched. Too long: dead items hold slots
 * @param maxQueue operations waiting (1000000); beyond it they wait for the next reconciliation
 * @param reconcileInterval time between two comparisons of pinset and backend (12m). Too short: listings all the time
 * @param retryDelay first pause before a failed operation is tried again (30s); it doubles
 * @param retryMaxDelay longest such pause (1h)
 * @param removal when removals may happen
 */
public record TrackerConfig(int concurrentPins, int concurrentUnpins, Duration pinTimeout, int maxQueue,
        Duration reconcileInterval, Duration retryDelay, Duration retryMaxDelay, Removal removal) {

    /**
     * When removals may happen.
     *
     * @param delay age at which an unconfirmed removal runs (60s). Too short: a branch that loses costs a second download
     * @param share of what is held: more removals within the window wait (0.1). 1: nothing ever waits
     * @param floor so many removals within the window never wait, whatever is held (100)
     * @param window time within which removals count together (1h)
     * @param grace how long such a mass waits (24h). Too short: nobody notices that a key was stolen
     */
    public record Removal(Duration delay, double share, int floor, Duration window, Duration grace) {}
}
