package io.pinfold.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told to move; safe for use by many threads. */
public final class ManualClock extends Clock {

    /** Where a clock stands that was told nothing else. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private volatile Instant now;

    /** A clock that stands at {@link #START}. */
    public ManualClock() {
        this(START);
    }

    /** A clock that stands at {@code start}. */
    public ManualClock(Instant start) {
        now = start;
    }

    /** Moves it by {@code time}, backwards if negative, and gives where it stands then. */
    public synchronized Instant advance(Duration time) {
        now = now.plus(time);
        return now;
    }

    /** Moves it to {@code instant}. */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a manual clock is in UTC");
    }
}
