package io.pinfold.follower.tracker.operation;

import org.jspecify.annotations.Nullable;

/** Work on some thread that another may call off; the thread is never interrupted after {@link #end}. */
public final class Interruptible {

    private @Nullable Thread worker;
    private boolean cancelled;

    /** Says that the calling thread does the work; false if it is called off already. */
    public synchronized boolean begin() {
        if (!cancelled) {
            worker = Thread.currentThread();
        }
        return !cancelled;
    }

    /** Calls the work off. */
    public synchronized void cancel() {
        cancelled = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Whether it was called off. */
    public synchronized boolean cancelled() {
        return cancelled;
    }

    /** Says that the calling thread, which began, is through; it is not left interrupted. */
    public synchronized void end() {
        if (worker != null) {
            worker = null;
            boolean _ = Thread.interrupted();
        }
    }
}
