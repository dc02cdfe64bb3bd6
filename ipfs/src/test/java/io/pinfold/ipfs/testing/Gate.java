package io.pinfold.ipfs.testing;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where calls wait until a test opens it. */
public final class Gate {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean open;
    private int waiting;

    /** Lets all through, now and later. */
    public void open() {
        lock.lock();
        try {
            open = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when so many calls wait here; throws if that takes longer than 20 s. */
    public void awaitWaiting(int calls) throws InterruptedException {
        long nanos = PATIENCE.toNanos();
        lock.lock();
        try {
            while (waiting < calls) {
                if (nanos <= 0) {
                    throw new IllegalStateException(waiting + " calls wait at the gate, not " + calls);
                }
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many calls wait here. */
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    void pass() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting++;
            changed.signalAll();
            try {
                while (!open) {
                    changed.await();
                }
            } finally {
                waiting--;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
