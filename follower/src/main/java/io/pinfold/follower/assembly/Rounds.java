package io.pinfold.follower.assembly;

import io.pinfold.libp2p.limit.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Things that a peer does again and again, each on a virtual thread of its own; a failure is logged, and the next round comes. */
final class Rounds implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final List<Thread> threads = new ArrayList<>();

    /** Does {@code task} now and then {@code pause} after each end. */
    void every(String name, Duration pause, Runnable task) {
        every(name, Duration.ZERO, pause, task);
    }

    /** Does {@code task} after {@code first} and then {@code pause} after each end. */
    void every(String name, Duration first, Duration pause, Runnable task) {
        threads.add(Thread.ofVirtual().name("round-" + name).start(() -> {
            try {
                Thread.sleep(first);
                while (!Thread.currentThread().isInterrupted()) {
                    once(name, task);
                    Thread.sleep(pause);
                }
            } catch (InterruptedException e) {
                log.debug("{} ended", name);
            }
        }));
    }

    /** Ends all of them and returns when they have ended. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        threads.forEach(Threads::join);
    }

    private static void once(String name, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("{} failed; it is tried again at the next round", name, e);
        }
    }
}
