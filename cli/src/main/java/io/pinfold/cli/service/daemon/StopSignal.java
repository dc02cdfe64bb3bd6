package io.pinfold.cli.service.daemon;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * When a peer is to stop: on SIGTERM, SIGINT or SIGHUP, of which the JVM makes its shutdown.
 *
 * <p>The shutdown is held up until the program has ended, so that stopping is orderly, and then ends with the program's exit code
 * instead of the signal's. A program that takes longer than {@link #LONGEST_STOP} is ended with code 1.
 */
public final class StopSignal {

    /** Longest time from the signal to the end. */
    public static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int code = 1;

    private StopSignal() {}

    /** The signals of this process. */
    public static StopSignal ofProcess() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(signal::shutDown));
        return signal;
    }

    /** A signal that only {@link #ask} gives. */
    public static StopSignal byHand() {
        return new StopSignal();
    }

    /** Asks the program to stop. */
    public void ask() {
        asked.countDown();
    }

    /** Returns when the program is to stop. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** Ends the process with {@code exitCode}. */
    public void end(int exitCode) {
        code = exitCode;
        ended.countDown();
        System.exit(exitCode);
    }

    private void shutDown() {
        if (ended.getCount() == 0) {
            return; // the program has ended by itself
        }
        ask();
        try {
            boolean orderly = ended.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(orderly ? code : 1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
