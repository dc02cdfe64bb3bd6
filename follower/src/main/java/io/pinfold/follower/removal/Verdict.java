package io.pinfold.follower.removal;

import java.time.Instant;
import java.util.Optional;

/** What the guard says of a removal. */
public sealed interface Verdict {

    /** It may happen now. */
    record Go() implements Verdict {}

    /** It waits, until that time at the latest if there is one. */
    record Wait(Cause cause, Optional<Instant> until) implements Verdict {}

    /** What a removal waits for. */
    enum Cause {
        /** The follower is stale: for a fresh head. */
        STALE,
        /** The state is one of the past: for the present one. */
        BEHIND,
        /** For the confirmation of its block, or {@code removal_delay}. */
        UNCONFIRMED,
        /** One of too many at once: for an admin anchor, or the grace period. */
        MASS
    }
}
