package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.tracker.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** One pending wake-up that can only be moved forward: at the earliest of the times asked for since it last rang. */
final class Alarm {

    private final InstantSource clock;
    private final Timers timers;
    private final Runnable ring;
    private Timers.@Nullable Timer timer;
    private @Nullable Instant at;
    private boolean closed;

    Alarm(InstantSource clock, Timers timers, Runnable ring) {
        this.clock = clock;
        this.timers = timers;
        this.ring = ring;
    }

    /** Rings at {@code time} at the latest. */
    synchronized void by(Instant time) {
        if (closed || (at != null && !time.isBefore(at))) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        at = time;
        Duration delay = Duration.between(clock.instant(), time);
        timer = timers.after(delay.isNegative() ? Duration.ZERO : delay, () -> ring(time));
    }

    /** Rings after {@code delay} at the latest. */
    void within(Duration delay) {
        by(clock.instant().plus(delay));
    }

    /** Never rings again. */
    synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void ring(Instant time) {
        synchronized (this) {
            if (closed || !time.equals(at)) {
                return;
            }
            at = null;
            timer = null;
        }
        ring.run();
    }
}
