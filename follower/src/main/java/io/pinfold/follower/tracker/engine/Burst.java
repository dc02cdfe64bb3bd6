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

    /** How long a burst holds up pins at most, however long it lasts. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private final Duration quiet;
    private Instant first = Instant.MIN;
    private Instant last = Instant.MIN;

    /** No burst yet; one is over when nothing changed for {@code quiet}. */
    Burst(Duration quiet) {
        this.quiet = quiet;
    }

    /** A change came. */
    void change(Instant now) {
        if (first.equals(Instant.MIN) || !now.isBefore(last.plus(quiet))) {
            first = now;
        }
        last = now;
    }

    /** From when on pins may start, as far as is known; in the past if they may. */
    Instant over() {
        if (first.equals(Instant.MIN)) {
            return Instant.MIN;
        }
        Instant calm = last.plus(quiet);
        Instant longest = first.plus(LONGEST);
        return calm.isBefore(longest) ? calm : longest;
    }
}
