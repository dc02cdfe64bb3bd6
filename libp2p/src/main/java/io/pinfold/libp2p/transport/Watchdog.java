package io.pinfold.libp2p.transport;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Does something unless it is closed in time. */
public final class Watchdog implements AutoCloseable {

    private final ScheduledFuture<?> alarm;
    private volatile boolean fired;

    /** Runs {@code action}, which must not wait, on {@code scheduler} after {@code timeout}. */
    public Watchdog(ScheduledExecutorService scheduler, Duration timeout, Runnable action) {
        alarm = scheduler.schedule(() -> {
            fired = true;
            action.run();
        }, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether the time was over. */
    public boolean fired() {
        return fired;
    }

    @Override
    public void close() {
        alarm.cancel(false);
    }
}
