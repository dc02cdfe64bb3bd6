package io.pinfold.libp2p.limit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Allows a burst of events, and then so many a second. Thread-safe. */
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double capacity;
    private final double perSecond;
    private final LongSupplier nanoTime;
    private double tokens;
    private long last;

    /** A full bucket of {@code capacity} tokens, refilled at {@code perSecond}, by the clock {@code nanoTime}. */
    public TokenBucket(double capacity, double perSecond, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        tokens = capacity;
        last = nanoTime.getAsLong();
    }

    /** Takes a token; false if there is none. */
    public synchronized boolean take() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(capacity, tokens + (now - last) / NANOS_PER_SECOND * perSecond);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
