package io.pinfold.chain.core.head;

import java.time.Duration;

/**
 * Whether this peer has heard nothing fresh from the trusted keys for too long, as of some time.
 *
 * @param lastHeadMillis the time in the newest head of any other trusted key, 0 if there never was one
 * @param staleAfter how old it may be; too short cries wolf when a key is away, too long hides that someone keeps news
 *        from us
 */
public record Staleness(long lastHeadMillis, Duration staleAfter) {

    /** The limit that is right for most clusters. */
    public static final Duration DEFAULT = Duration.ofHours(24);

    /** Whether it is too long ago. */
    public boolean isStale(long nowMillis) {
        return nowMillis - lastHeadMillis > staleAfter.toMillis();
    }

    /** These, with a head of time {@code headMillis} heard. */
    public Staleness heard(long headMillis) {
        return headMillis > lastHeadMillis ? new Staleness(headMillis, staleAfter) : this;
    }
}
