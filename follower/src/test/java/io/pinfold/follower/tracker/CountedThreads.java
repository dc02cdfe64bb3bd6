package io.pinfold.follower.tracker;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

/** A virtual thread for each task, which tells when all tasks have ended. */
public final class CountedThreads implements Executor, AutoCloseable {

    /** Long enough for anything that works, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private int running;

    @Override
    public void execute(Runnable task) {
        count(1);
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                count(-1);
            }
        });
    }

    private synchronized void count(int change) {
        running += change;
        notifyAll();
    }

    /** Returns when no task runs, nor any that these began. */
    public synchronized void awaitIdle() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (running > 0) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            assertThat(left).as("%d tasks still run", running).isPositive();
            wait(left);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
