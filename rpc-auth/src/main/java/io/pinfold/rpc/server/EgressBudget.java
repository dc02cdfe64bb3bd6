package io.pinfold.rpc.server;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The bytes that answers to strangers may take of this peer's uplink: a rate, and a burst.
 *
 * <p>Whoever is over waits for its turn, first come first served; the wait is told, not slept, so no lock is held.
 */
final class EgressBudget {

    private final InstantSource clock;
    private final TokenBucket bucket;

    EgressBudget(long bytesPerSecond, long burstBytes, InstantSource clock) {
        this.clock = clock;
        this.bucket = new TokenBucket(burstBytes, bytesPerSecond, Duration.ofSeconds(1), clock.instant());
    }

    /** Reserves {@code bytes} and returns how long to wait before sending them; nothing if that is above {@code most}. */
    synchronized Optional<Duration> reserve(int bytes, Duration most) {
        Duration wait = bucket.reserve(bytes, clock.instant());
        if (wait.compareTo(most) > 0) {
            bucket.giveBack(bytes);
            return Optional.empty();
        }
        return Optional.of(wait);
    }
}
