package io.pinfold.rpc.server;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Interrupts the thread that made it when its time is up, unless closed before; never after. */
final class DeadlineWatch implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final @Nullable ScheduledFuture<?> alarm;
    private boolean over;
    private boolean fired;

    /** Watches the calling thread; a scheduler that is shut down interrupts at once. */
    DeadlineWatch(ScheduledExecutorService scheduler, Duration time) {
        this.alarm = schedule(scheduler, time);
    }

    private @Nullable ScheduledFuture<?> schedule(ScheduledExecutorService scheduler, Duration time) {
        try {
            return scheduler.schedule(this::fire, time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            fire();
            return null;
        }
    }

    private synchronized void fire() {
        if (!over) {
            fired = true;
            thread.interrupt();
        }
    }

    /** Whether the time was up. */
    synchronized boolean fired() {
        return fired;
    }

    /** Calls the alarm off, and takes back an interruption that it made. */
    @Override
    public void close() {
        synchronized (this) {
            over = true;
            if (fired) {
                boolean _ = Thread.interrupted();
            }
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
