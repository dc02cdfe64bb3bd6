package io.pinfold.follower.tracker.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A run of changes of the pinset, one soon after the other, which pins let pass before they start: what a client writes, and
 * what a sync brings, reaches the state first, and what is unpinned again meanwhile is never fetched.
 *
 * <p>Not safe for use by many threads.
 */
final class Burst {

    /** The quiet that ends a burst. */
    static final Duration QUIET = Duration.ofMillis(100);
    /** How long a burst holds up pins at most, however long it lasts. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private Instant first = Instant.MIN;
    private Instant last = Instant.MIN;

    /** A change came. */
    void change(Instant now) {
        if (first.equals(Instant.MIN) || !now.isBefore(last.plus(QUIET))) {
            first = now;
        }
        last = now;
    }

    /** From when on pins may start, as far as is known; in the past if they may. */
    Instant over() {
        if (first.equals(Instant.MIN)) {
            return Instant.MIN;
        }
        Instant quiet = last.plus(QUIET);
        Instant longest = first.plus(LONGEST);
        return quiet.isBefore(longest) ? quiet : longest;
    }
}
