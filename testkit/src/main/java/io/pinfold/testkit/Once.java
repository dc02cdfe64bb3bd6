package io.pinfold.testkit;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made at its first use, by one thread while others wait.
 *
 * <p>Not a class initialiser: virtual threads that wait for one hold their carriers, and enough of them stop everything.
 */
final class Once<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<T> maker;
    private @Nullable T value;

    Once(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        lock.lock();
        try {
            T made = value;
            if (made == null) {
                made = maker.get();
                value = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }
}
