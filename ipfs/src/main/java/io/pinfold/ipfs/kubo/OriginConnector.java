package io.pinfold.ipfs.kubo;

import io.pinfold.multiformats.Multiaddr;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/**
 * Connects the node to a pin's origins while the pin is being fetched, each at most once a minute however many pins name it.
 *
 * <p>It remembers at most {@value #MAX_REMEMBERED} addresses. Failures are of no interest: an origin is only a hint.
 */
final class OriginConnector {

    private static final int MAX_REMEMBERED = 1024;
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final InstantSource time;
    private final BiConsumer<Multiaddr, Duration> connect;
    private final SequencedMap<Multiaddr, Instant> tried = new LinkedHashMap<>();

    OriginConnector(InstantSource time, BiConsumer<Multiaddr, Duration> connect) {
        this.time = time;
        this.connect = connect;
    }

    /** Work that goes on until it is closed. */
    interface Meanwhile extends AutoCloseable {

        @Override
        void close();
    }

    /** Begins to connect; closing what it returns ends that. */
    Meanwhile connectMeanwhile(List<Multiaddr> origins) {
        List<Multiaddr> due = origins.stream().filter(this::isDue).toList();
        if (due.isEmpty()) {
            return () -> {};
        }
        List<Thread> threads = due.stream()
                .map(origin -> Thread.ofVirtual().name("kubo-origin").start(() -> connect.accept(origin, TIMEOUT)))
                .toList();
        return () -> end(threads);
    }

    private synchronized boolean isDue(Multiaddr origin) {
        Instant now = time.instant();
        Instant last = tried.get(origin);
        if (last != null && now.isBefore(last.plus(AGAIN))) {
            return false;
        }
        tried.remove(origin);
        if (tried.size() >= MAX_REMEMBERED) {
            tried.pollFirstEntry();
        }
        tried.put(origin, now);
        return true;
    }

    private static void end(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
