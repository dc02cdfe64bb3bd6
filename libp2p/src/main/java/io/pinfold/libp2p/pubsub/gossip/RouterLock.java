package io.pinfold.libp2p.pubsub.gossip;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lock under which the router stands; never held across input, output or the application's code. */
final class RouterLock {

    private final ReentrantLock lock = new ReentrantLock();

    /** Runs {@code action} under the lock. */
    void run(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** What {@code action} gives, run under the lock. */
    <T extends @Nullable Object> T get(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
