package io.pinfold.chain.core.sync;

import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long blocks that were announced are worth waiting for before this peer signs without them: a while for each key, not
 * for each head, so that a key which announces what nobody has holds others up once.
 *
 * <p>It knows one wait for each key that announced anything that was not here. For one thread.
 */
final class Patience {

    /** How long the blocks of one key are waited for without any coming. */
    static final Duration LENGTH = Duration.ofSeconds(20);
    /** A block that comes as soon as this after its announcement costs its key nothing. */
    static final Duration QUICK = Duration.ofSeconds(1);
    /** How long after the beginning of a wait another one for the same key may begin, if the blocks came in the end. */
    static final Duration REGAIN = Duration.ofMinutes(10);

    private final Map<PeerId, Wait> waits = new HashMap<>();

    private record Wait(long since, long until) {}

    /** A block of {@code voter} is missing, and none was. */
    void begin(PeerId voter, long nowMillis) {
        Wait before = waits.get(voter);
        if (before == null || nowMillis - before.since() >= REGAIN.toMillis()) {
            progress(voter, nowMillis);
        }
    }

    /** Blocks of {@code voter} have come, and more are missing. */
    void progress(PeerId voter, long nowMillis) {
        waits.put(voter, new Wait(nowMillis, nowMillis + LENGTH.toMillis()));
    }

    /** No peer has the blocks of {@code voter}. */
    void end(PeerId voter, long nowMillis) {
        waits.computeIfPresent(voter,
                (_, wait) -> new Wait(wait.since(), Math.min(wait.until(), nowMillis)));
    }

    /** No block of {@code voter} is missing any more. */
    void settled(PeerId voter, long nowMillis) {
        waits.computeIfPresent(voter, (_, wait) -> nowMillis - wait.since() <= QUICK.toMillis() ? null : wait);
    }

    /** Until when the blocks of {@code voter} are waited for. */
    long untilMillis(PeerId voter) {
        Wait wait = waits.get(voter);
        return wait == null ? 0 : wait.until();
    }
}
