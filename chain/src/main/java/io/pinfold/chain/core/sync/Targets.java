package io.pinfold.chain.core.sync;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.verify.ForkChoice;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.HeadMark;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The heads whose blocks are not here: the newest of each voter, so there are at most as many as trusted keys.
 *
 * <p>What cannot be had counts against the voter: its next head is tried after those of others and not at once, however
 * often it announces another.
 */
final class Targets {

    /** The greatest number of peers that are remembered to have a head. */
    static final int MAX_HOLDERS = 16;
    private static final long FIRST_PAUSE_MILLIS = 250;

    private static final Comparator<Target> ORDER = Comparator.comparingInt((Target target) -> target.failures)
            .reversed()
            .thenComparingLong(target -> target.mark.trustVersion())
            .thenComparingLong(target -> target.mark.height())
            .thenComparing(target -> target.mark.cid(), Comparator.reverseOrder());

    private final Map<PeerId, Target> byVoter = new HashMap<>();
    private final Patience patience = new Patience();

    /** The newest head of one voter, how often what it announced could not be had, and who is likely to have it. */
    static final class Target {

        private final Set<PeerId> holders = new HashSet<>();
        private HeadMark mark;
        private long notBefore;
        private int failures;

        private Target(HeadMark mark) {
            this.mark = mark;
        }

        ChainPoint point() {
            return new ChainPoint(mark.height(), mark.cid());
        }

        PeerId voter() {
            return mark.voter();
        }

        Set<PeerId> holders() {
            return holders;
        }

        /** How often in a row blocks of this voter could not be had. */
        int failures() {
            return failures;
        }
    }

    /** Notes that {@code holder} told of the head {@code mark}. */
    void add(HeadMark mark, PeerId holder, long nowMillis) {
        Target target = byVoter.get(mark.voter());
        if (target == null) {
            target = new Target(mark);
            byVoter.put(mark.voter(), target);
            patience.begin(mark.voter(), nowMillis);
        } else if (mark.isNewerThan(target.mark)) {
            if (!mark.cid().equals(target.mark.cid())) {
                target.holders.clear();
            }
            target.mark = mark;
        }
        if (target.mark.cid().equals(mark.cid()) && target.holders.size() < MAX_HOLDERS) {
            target.holders.add(holder);
        }
    }

    /** Forgets the heads whose block is there. */
    void settle(Predicate<Cid> known, long nowMillis) {
        for (Iterator<Target> targets = byVoter.values().iterator(); targets.hasNext();) {
            Target target = targets.next();
            if (known.test(target.mark.cid())) {
                targets.remove();
                patience.settled(target.voter(), nowMillis);
            }
        }
    }

    /** The head to be tried now of those that {@code which} admits: the best of the voters with the fewest failures. */
    Optional<Target> best(long nowMillis, Predicate<Target> which) {
        return byVoter.values().stream().filter(target -> target.notBefore <= nowMillis).filter(which).max(ORDER);
    }

    /** There is somebody new who may have what others lack. */
    void retry() {
        byVoter.values().forEach(target -> target.notBefore = 0);
    }

    /**
     * Until when heads better than {@code best} are worth waiting for, 0 if there is none; those of voters that are
     * {@code bounded} not much longer because blocks of them come.
     */
    long waitUntilMillis(StateMark best, Predicate<PeerId> bounded) {
        return byVoter.values()
                .stream()
                .filter(target -> ForkChoice.isBetter(target.mark.trustVersion(), target.point(), best))
                .mapToLong(target -> patience.untilMillis(target.voter(), bounded.test(target.voter())))
                .max()
                .orElse(0);
    }

    /** Blocks of the branch that {@code tried} announced have come. */
    void progress(Target tried, long nowMillis) {
        tried.failures = 0;
        if (byVoter.containsKey(tried.voter())) {
            patience.progress(tried.voter(), nowMillis);
        }
    }

    /** No peer has the block {@code cid} that {@code tried} announced: it is not waited for any longer. */
    void lacked(Target tried, Cid cid, long nowMillis) {
        patience.end(tried.voter(), nowMillis);
        byVoter.values()
                .stream()
                .filter(target -> target.mark.cid().equals(cid))
                .forEach(target -> patience.end(target.voter(), nowMillis));
    }

    /** Has {@code tried}, and all heads at its block {@code cid}, wait for a while, longer each time up to {@code max}. */
    void postpone(Target tried, Cid cid, Duration max, long nowMillis) {
        for (Target target : byVoter.values()) {
            if (target.equals(tried) || target.mark.cid().equals(cid)) {
                long pause = FIRST_PAUSE_MILLIS << Math.min(target.failures++, 20);
                target.notBefore = nowMillis + Math.min(max.toMillis(), pause);
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
}
