package io.pinfold.chain.core.sync;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.verify.ForkChoice;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.HeadMark;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The heads whose blocks are not here: the newest of each voter, so there are at most as many as trusted keys. */
final class Targets {

    /** The greatest number of peers that are remembered to have a head. */
    static final int MAX_HOLDERS = 16;
    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long MAX_PAUSE_MILLIS = 600_000;

    private static final Comparator<Target> ORDER = Comparator
            .comparingLong((Target target) -> target.mark.trustVersion())
            .thenComparingLong(target -> target.mark.height())
            .thenComparing(target -> target.mark.cid(), Comparator.reverseOrder());

    private final Map<PeerId, Target> byVoter = new HashMap<>();

    /** A head and who is likely to have its blocks. */
    static final class Target {

        private final HeadMark mark;
        private final Set<PeerId> holders = new HashSet<>();
        private long notBefore;
        private int failures;

        private Target(HeadMark mark) {
            this.mark = mark;
        }

        ChainPoint point() {
            return new ChainPoint(mark.height(), mark.cid());
        }

        Set<PeerId> holders() {
            return holders;
        }
    }

    /** Notes that {@code holder} told of the head {@code mark}. */
    void add(HeadMark mark, PeerId holder) {
        Target known = byVoter.get(mark.voter());
        Target target = known;
        if (known == null || mark.isNewerThan(known.mark)) {
            target = new Target(mark);
            if (known != null && known.mark.cid().equals(mark.cid())) {
                target.holders.addAll(known.holders);
                target.notBefore = known.notBefore;
                target.failures = known.failures;
            }
            byVoter.put(mark.voter(), target);
        }
        if (target != null && target.mark.cid().equals(mark.cid()) && target.holders.size() < MAX_HOLDERS) {
            target.holders.add(holder);
        }
    }

    /** Forgets the heads whose block is there. */
    void settle(Predicate<Cid> known) {
        byVoter.values().removeIf(target -> known.test(target.mark.cid()));
    }

    /** The best head that may be tried now. */
    Optional<Target> best(long nowMillis) {
        return byVoter.values().stream().filter(target -> target.notBefore <= nowMillis).max(ORDER);
    }

    /** Whether there is a head better than {@code best}. */
    boolean hasBetter(StateMark best) {
        return byVoter.values()
                .stream()
                .anyMatch(target -> ForkChoice.isBetter(target.mark.trustVersion(), target.point(), best));
    }

    /** Has all heads at {@code cid} wait for a while, longer each time. */
    void postpone(Cid cid, long nowMillis) {
        for (Target target : byVoter.values()) {
            if (target.mark.cid().equals(cid)) {
                long pause = FIRST_PAUSE_MILLIS << Math.min(target.failures++, 12);
                target.notBefore = nowMillis + Math.min(MAX_PAUSE_MILLIS, pause);
            }
        }
    }

    /** When the next head may be tried, {@link Long#MAX_VALUE} if there is none to wait for. */
    long nextMillis(long nowMillis) {
        return byVoter.values()
                .stream()
                .mapToLong(target -> target.notBefore)
                .filter(at -> at > nowMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    boolean isEmpty() {
        return byVoter.isEmpty();
    }
}
