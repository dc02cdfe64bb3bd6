package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.tracker.Timers;
import io.pinfold.follower.tracker.operation.Interruptible;
import java.time.Duration;

/** Calls work off that shows no sign of life for a while: after one to two times the patience. */
final class Watchdog implements AutoCloseable {

    private final Timers timers;
    private final Duration patience;
    private final Interruptible work;
    private boolean alive;
    private boolean closed;
    private Timers.Timer timer;

    Watchdog(Timers timers, Duration patience, Interruptible work) {
        this.timers = timers;
        this.patience = patience;
        this.work = work;
        this.timer = timers.after(patience, this::look);
    }

    /** The work goes on. */
    synchronized void alive() {
        alive = true;
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        if (!alive) {
            work.cancel();
            return;
        }
        alive = false;
        timer = timers.after(patience, this::look);
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.cancel();
    }
}
