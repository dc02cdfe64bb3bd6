package io.pinfold.chain.core.sync;

import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long blocks that were announced are worth waiting for before this peer signs without them: a while for each key, not
 * for each head, so that a key which announces what nobody has holds others up once; and not much longer in all when its
 * blocks do come, so that one which serves them slowly does not hold others up for good.
 *
 * <p>It knows one wait for each key that announced anything that was not here. For one thread.
 */
final class Patience {

    /** How long the blocks of one key are waited for without any coming. */
    static final Duration LENGTH = Duration.ofSeconds(20);
    /** How long the blocks of one key are waited for in all, within {@link #REGAIN}, while some of them come. */
    static final Duration MOST = Duration.ofMinutes(2);
    /** A block that comes as soon as this after its announcement costs its key nothing. */
    static final Duration QUICK = Duration.ofSeconds(1);
    /** How long after the beginning of a wait its key has all of it again. */
    static final Duration REGAIN = Duration.ofMinutes(10);

    private final Map<PeerId, Wait> waits = new HashMap<>();

    /**
     * What a key may still keep others waiting.
     *
     * @param opened when its first wait began that counts
     * @param spent how long its blocks were waited for before {@code since}, in milliseconds
     * @param since when the wait began, or blocks came last
     * @param until until when the next ones are waited for
     * @param again whether a new wait may begin before all is regained, because the blocks of the last one came in the end
     */
    private record Wait(long opened, long spent, long since, long until, boolean again) {

        static Wait first(long nowMillis) {
            return new Wait(nowMillis, 0, nowMillis, nowMillis + LENGTH.toMillis(), false);
        }

        Wait next(long nowMillis) {
            return new Wait(opened, spent, nowMillis, nowMillis + LENGTH.toMillis(), false);
        }

        /** The same, with what was waited since counted. */
        Wait counted(long nowMillis) {
            return new Wait(opened, spent + Math.max(0, Math.min(nowMillis, until) - since), nowMillis, until, again);
        }

        Wait endedBy(long nowMillis) {
            return new Wait(opened, spent, since, Math.min(until, nowMillis), again);
        }

        long boundMillis() {
            return Math.min(until, since + Math.max(0, MOST.toMillis() - spent));
        }
    }

    /** A block of {@code voter} is missing, and none was. */
    void begin(PeerId voter, long nowMillis) {
        Wait before = waits.get(voter);
        if (before == null || isRegained(before, nowMillis)) {
            waits.put(voter, Wait.first(nowMillis));
        } else if (before.again()) {
            waits.put(voter, before.next(nowMillis));
        }
    }

    /** Blocks of {@code voter} have come, and more are missing. */
    void progress(PeerId voter, long nowMillis) {
        Wait before = waits.get(voter);
        waits.put(voter, before == null || isRegained(before, nowMillis)
                ? Wait.first(nowMillis)
                : before.counted(nowMillis).next(nowMillis));
    }

    private static boolean isRegained(Wait wait, long nowMillis) {
        return nowMillis - wait.opened() >= REGAIN.toMillis();
    }

    /** No peer has the blocks of {@code voter}. */
    void end(PeerId voter, long nowMillis) {
        waits.computeIfPresent(voter, (_, wait) -> wait.endedBy(nowMillis));
    }

    /** No block of {@code voter} is missing any more. */
    void settled(PeerId voter, long nowMillis) {
        waits.computeIfPresent(voter, (_, wait) -> {
            if (nowMillis - wait.since() > QUICK.toMillis()) {
                return wait;
            }
            return wait.spent() == 0 ? null : new Wait(wait.opened(), wait.spent(), wait.since(), wait.until(), true);
        });
    }

    /**
     * Until when the blocks of {@code voter} are waited for.
     *
     * @param bounded whether for {@link #MOST} in all, or as long as some come
     */
    long untilMillis(PeerId voter, boolean bounded) {
        Wait wait = waits.get(voter);
        if (wait == null) {
            return 0;
        }
        return bounded ? wait.boundMillis() : wait.until();
    }
}
