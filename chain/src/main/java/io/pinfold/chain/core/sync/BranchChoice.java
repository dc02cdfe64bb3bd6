package io.pinfold.chain.core.sync;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which branch is fetched: the best announced one, until it is here, makes room for another, is put off since it cannot be
 * had, or is given up since it is not valid. For one thread.
 */
final class BranchChoice {

    /** The longest time for which a branch is put off that cannot be had. */
    static final Duration RETRY_MAX = Duration.ofSeconds(10);
    /** The longest time for which a branch is put off that is not valid. */
    static final Duration INVALID_MAX = Duration.ofMinutes(10);

    private final Targets targets;
    private final Questions questions;
    private final Predicate<Cid> known;
    private @Nullable Branch present;

    /** No choice yet among {@code targets}; {@code known} tells whether a block is here and valid in its place. */
    BranchChoice(Targets targets, Questions questions, Predicate<Cid> known) {
        this.targets = targets;
        this.questions = questions;
        this.known = known;
    }

    /** The branch that is being fetched. */
    Optional<Branch> present() {
        return Optional.ofNullable(present);
    }

    /** Begins with the best branch, supposing that it stands on the block below {@code from}, if none is being fetched. */
    void begin(long from, long nowMillis) {
        if (present == null) {
            targets.best(nowMillis, _ -> true).ifPresent(target -> present = new Branch(target, from, nowMillis));
        }
    }

    /** What was handed over has been judged: ends the branch or leaves it, if that is due. */
    void check(long nowMillis) {
        Branch now = present;
        if (now == null) {
            return;
        }
        if (now.judged(known, nowMillis)) {
            targets.progress(now.announced(), nowMillis);
        }
        if (known.test(now.target().cid())) {
            present = null;
        } else if (now.isStuck()) {
            if (nowMillis >= now.stuckUntilMillis()) {
                giveUp(nowMillis);
            }
        } else {
            makeRoom(now, nowMillis);
        }
    }

    /** Leaves the branch for a better one, or for one that it only keeps waiting. */
    private void makeRoom(Branch now, long nowMillis) {
        Optional<Targets.Target> other = other(now, nowMillis);
        boolean better = !now.announced().point().equals(now.target())
                || other.filter(target -> target.point().height() > now.target().height()).isPresent();
        if (other.isPresent()
                && (nowMillis >= now.stallsAtMillis() || (!now.isBegun() && isLikelier(other.get(), now)))) {
            putOff(now, nowMillis);
        } else if (better && questions.isIdle(now) && now.lacking().isEmpty()) {
            present = null;
        }
    }

    /** What else could be tried. */
    private Optional<Targets.Target> other(Branch now, long nowMillis) {
        return targets.best(nowMillis, target -> !target.equals(now.announced())
                && !target.point().equals(now.target()));
    }

    private static boolean isLikelier(Targets.Target other, Branch now) {
        return other.failures() < now.announced().failures();
    }

    /** Puts off the branch if those of {@code peers} who can be asked do not have it; whether it did. */
    boolean isPutOffAsLacking(Set<PeerId> peers, long nowMillis) {
        Branch now = present;
        if (now == null || now.isStuck() || now.lacking().isEmpty() || !questions.isIdle(now)) {
            return false;
        }
        if (!now.isBegun() && now.lacking().containsAll(peers)) {
            targets.lacked(now.announced(), now.target().cid(), nowMillis);
        }
        putOff(now, nowMillis);
        return true;
    }

    /** Nothing is wrong with the branch but that it cannot be had now. */
    private void putOff(Branch now, long nowMillis) {
        targets.postpone(now.announced(), now.target().cid(), RETRY_MAX, nowMillis);
        present = null;
    }

    /** The branch was had and is not valid. */
    void giveUp(long nowMillis) {
        Branch now = present;
        if (now != null) {
            targets.postpone(now.announced(), now.target().cid(), INVALID_MAX, nowMillis);
            present = null;
        }
    }

    /** When the branch may have to be left, or one that was put off may be tried, {@link Long#MAX_VALUE} if never. */
    long nextMillis(long nowMillis) {
        long next = targets.nextMillis(nowMillis);
        Branch now = present;
        if (now == null) {
            return next;
        }
        if (now.isStuck()) {
            next = Math.min(next, now.stuckUntilMillis());
        }
        if (other(now, nowMillis).isPresent()) {
            next = Math.min(next, Math.max(nowMillis + 1, now.stallsAtMillis()));
        }
        return Math.min(next, now.askAgainMillis());
    }
}
