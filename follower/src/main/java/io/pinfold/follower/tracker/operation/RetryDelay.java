package io.pinfold.follower.tracker.operation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off: how long to wait after so many failed attempts.
 *
 * @param first wait after the first failure, above 0
 * @param max longest wait, at least {@code first}
 * @param jitter share by which a wait is made longer or shorter at random, from 0 to 1
 */
public record RetryDelay(Duration first, Duration max, double jitter) {

    private static final int MOST_DOUBLINGS = 30;

    public RetryDelay {
        if (!first.isPositive() || max.compareTo(first) < 0 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("retry from " + first + " to " + max + " with jitter " + jitter);
        }
    }

    /** The wait after {@code attempts} (at least 1) failures, in whole milliseconds. */
    public Duration after(int attempts, RandomGenerator random) {
        double doubled = first.toMillis() * (double) (1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        double factor = 1 - jitter + 2 * jitter * random.nextDouble();
        return Duration.ofMillis(Math.round(Math.min(doubled, (double) max.toMillis()) * factor));
    }
}
