package io.pinfold.follower.tracker.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks on threads of their own, which can be told to end and waited for. */
final class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private final Executor executor;
    private final Set<Thread> threads = new HashSet<>();
    private int open;
    private boolean closed;

    Jobs(Executor executor) {
        this.executor = executor;
    }

    /** Runs {@code task}; false if that is not possible any more. */
    boolean start(Runnable task) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            open++;
        }
        try {
            executor.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException e) {
            ended();
            return false;
        }
    }

    /** Whether nothing is started any more. */
    synchronized boolean closed() {
        return closed;
    }

    private void run(Runnable task) {
        try {
            if (enter()) {
                task.run();
            }
        } catch (RuntimeException e) {
            LOG.error("a job of the tracker failed", e);
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        threads.add(Thread.currentThread());
        return !closed;
    }

    private synchronized void leave() {
        threads.remove(Thread.currentThread());
        ended();
    }

    private synchronized void ended() {
        open--;
        notifyAll();
    }

    /** Interrupts all tasks and returns when they have ended; those that have not begun never do. */
    synchronized void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        while (open > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
