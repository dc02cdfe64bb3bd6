package io.pinfold.libp2p.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that never goes back: for what is due after a while, which would wait for years if somebody set the machine's clock
 * back by years. Safe for use by many threads.
 *
 * <p>Where the other clock is set back, this one goes on from where it was, and is ahead from then on; the time
 * since it was last asked is lost, by which what is due comes later. Where the other clock is
 * set forward, this one follows: what was due after a while is due then.
 */
public final class ForwardClock implements InstantSource {

    private final InstantSource source;
    private Duration ahead = Duration.ZERO;
    private Instant last = Instant.MIN;

    private ForwardClock(InstantSource source) {
        this.source = source;
    }

    /** A clock that goes as {@code source} does, except backwards; {@code source} itself if it is such a clock. */
    public static ForwardClock of(InstantSource source) {
        return source instanceof ForwardClock forward ? forward : new ForwardClock(source);
    }

    @Override
    public synchronized Instant instant() {
        Instant now = source.instant().plus(ahead);
        if (now.isBefore(last)) {
            ahead = ahead.plus(Duration.between(now, last));
            now = last;
        }
        last = now;
        return now;
    }
}
