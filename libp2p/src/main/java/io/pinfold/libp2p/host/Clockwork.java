package io.pinfold.libp2p.host;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which a host does things by time; what runs on it never waits. */
final class Clockwork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);

    private final ScheduledExecutorService scheduler = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("libp2p-clock").factory());

    /** For deadlines. */
    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Does {@code work} again and again, whether or not it fails. */
    void every(Duration interval, Runnable work) {
        ScheduledFuture<?> task = scheduler.scheduleWithFixedDelay(() -> run(work), interval.toNanos(),
                interval.toNanos(), TimeUnit.NANOSECONDS);
        LOG.trace("every {}: {}", interval, task);
    }

    /** Does {@code work} once; not at all when the host is closing. */
    void after(Duration delay, Runnable work) {
        try {
            ScheduledFuture<?> task = scheduler.schedule(() -> run(work), delay.toNanos(), TimeUnit.NANOSECONDS);
            LOG.trace("after {}: {}", delay, task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Not done, since the host is closing");
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("A bug in what is done by time", e);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        scheduler.close();
    }
}
