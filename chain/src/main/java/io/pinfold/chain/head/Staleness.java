package io.pinfold.chain.head;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a peer has been without a fresh head for too long to act on what it knows.
 *
 * @param staleAfter how long; a short time makes a follower cautious at each pause of the publishers, a long one hides a
 *        freeze
 */
public record Staleness(Duration staleAfter) {

    /** The value of the protocol page. */
    public static final Duration DEFAULT = Duration.ofHours(24);

    /** Whether it is so at {@code now}; a peer that never heard a head is stale. */
    public boolean isStale(Optional<Instant> freshest, Instant now) {
        return freshest.isEmpty() || now.isAfter(freshest.get().plus(staleAfter));
    }
}
