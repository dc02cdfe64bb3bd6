package io.pinfold.chain.core.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The events that wait for the chain's thread: at most {@value #CAPACITY} of those that may be dropped, and the answers
 * to questions, which are bounded by the number of questions. For any thread.
 */
final class Mailbox {

    /** The greatest number of events that wait, not counting answers. */
    static final int CAPACITY = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private List<ChainEvent> events = new ArrayList<>();
    private boolean awake;
    private boolean closed;

    /** Adds {@code event} unless there are too many; whether it was added. */
    boolean offer(ChainEvent event) {
        lock.lock();
        try {
            if (closed || events.size() >= CAPACITY) {
                return false;
            }
            add(event);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Adds {@code event}, whose number is bounded by other means. */
    void put(ChainEvent event) {
        lock.lock();
        try {
            if (!closed) {
                add(event);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has {@link #take} return soon. */
    void wake() {
        lock.lock();
        try {
            awake = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for events, for being woken, or for {@code millis}; gives all events that are there. */
    List<ChainEvent> take(long millis) throws InterruptedException {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (events.isEmpty() && !awake && !closed && nanos > 0) {
                nanos = filled.awaitNanos(nanos);
            }
            awake = false;
            List<ChainEvent> taken = events;
            events = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more events and has {@link #take} return at once. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void add(ChainEvent event) {
        events.add(event);
        filled.signal();
    }
}
