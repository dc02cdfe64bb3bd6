package io.pinfold.rpc.server;

import java.time.Duration;
import java.time.Instant;

/**
 * A bucket that fills at a steady rate up to its capacity, and from which tokens are taken; full at first.
 *
 * <p>It can be overdrawn by {@link #reserve}: the debt is paid off at the same rate. A clock that steps back adds
 * nothing. Not thread-safe.
 */
final class TokenBucket {

    private final double capacity;
    private final double perNano;
    private double tokens;
    private Instant filledAt;

    /** A bucket of {@code capacity} tokens that fills by {@code rate} tokens each {@code period}. */
    TokenBucket(long capacity, long rate, Duration period, Instant now) {
        if (capacity < 1 || rate < 1 || !period.isPositive()) {
            throw new IllegalArgumentException("bucket of " + capacity + ", " + rate + " each " + period);
        }
        this.capacity = capacity;
        this.perNano = (double) rate / period.toNanos();
        this.tokens = capacity;
        this.filledAt = now;
    }

    /** Takes one token if there is one. */
    boolean tryTake(Instant now) {
        fill(now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Time from {@code now} until {@link #tryTake} succeeds. */
    Duration untilNext(Instant now) {
        fill(now);
        return untilTokens(1);
    }

    /** Takes {@code count} tokens, on credit if need be, and returns the time until the debt is paid off. */
    Duration reserve(long count, Instant now) {
        fill(now);
        tokens -= count;
        return untilTokens(0);
    }

    /** Gives back {@code count} tokens that were reserved and not used. */
    void giveBack(long count) {
        tokens = Math.min(capacity, tokens + count);
    }

    private Duration untilTokens(double wanted) {
        return tokens >= wanted ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((wanted - tokens) / perNano));
    }

    private void fill(Instant now) {
        Duration passed = Duration.between(filledAt, now);
        if (passed.isPositive()) {
            tokens = Math.min(capacity, tokens + nanos(passed) * perNano);
        }
        filledAt = now;
    }

    private static double nanos(Duration duration) {
        return duration.getSeconds() * 1e9 + duration.getNano();
    }
}
