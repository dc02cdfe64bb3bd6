package io.pinfold.cli.e2e;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what other processes do. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration QUICK_POLL = Duration.ofMillis(3);

    private Eventually() {}

    /** Returns when {@code assertion} holds; a peer that is not there yet is no failure. */
    static void holds(ThrowingRunnable assertion) {
        waiting(PATIENCE, POLL).untilAsserted(assertion);
    }

    /** Something that holds or does not. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }

    /** Whether {@code condition} came to hold within {@code time}. */
    static boolean within(Duration time, Condition condition) {
        try {
            waiting(time, QUICK_POLL).until(condition::holds);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private static ConditionFactory waiting(Duration time, Duration poll) {
        return Awaitility.await()
                .atMost(time)
                .pollDelay(Duration.ZERO)
                .pollInterval(poll)
                .ignoreException(UncheckedIOException.class);
    }
}
