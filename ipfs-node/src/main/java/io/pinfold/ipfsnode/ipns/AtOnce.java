package io.pinfold.ipfsnode.ipns;

import io.pinfold.libp2p.limit.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Does the same with many at once. */
final class AtOnce {

    private AtOnce() {}

    /** Gives each of {@code all} to {@code work} on a thread of its own, and returns when all is done; an interrupt goes to all of them. */
    static <T> void each(String name, List<T> all, Consumer<T> work) {
        List<Thread> threads = new ArrayList<>();
        for (T one : all) {
            threads.add(Thread.ofVirtual().name(name).start(() -> work.accept(one)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
        threads.forEach(Threads::join);
    }
}
