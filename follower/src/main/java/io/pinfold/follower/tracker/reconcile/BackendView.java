package io.pinfold.follower.tracker.reconcile;

import io.pinfold.follower.tracker.status.Knowledge;
import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the backend: the last complete comparison, and what happened since.
 *
 * <p>It is kept as the difference from the pinset: after a comparison, what is wanted and not known to be missing is
 * held. So a pinset that is held wholly takes no memory here. Not safe for use by many threads.
 */
public final class BackendView {

    /** Missing, and without an operation. */
    private final CidSet waiting;
    /** Held by what happened, while there is no complete comparison that would say so. */
    private final CidSet settled;
    /** What became held since the comparison under way began. */
    private @Nullable CidSet heldSince;
    /** What became missing since then. */
    private @Nullable CidSet missingSince;
    private boolean overflow;
    private Optional<Instant> asOf = Optional.empty();
    private Optional<String> failure = Optional.empty();

    /** A view that knows nothing yet and remembers at most {@code bound} missing items. */
    public BackendView(int bound, RandomGenerator random) {
        this.waiting = new CidSet(bound, random);
        this.settled = waiting.sibling();
    }

    /** What is known of {@code cid}, which is wanted and has no operation. */
    public Knowledge of(Cid cid) {
        if (waiting.contains(cid)) {
            return Knowledge.WAITING;
        }
        if (settled.contains(cid) || (asOf.isPresent() && !overflow)) {
            return Knowledge.HELD;
        }
        return failure.isPresent() ? Knowledge.UNREADABLE : Knowledge.UNCOMPARED;
    }

    /** It was pinned, or found pinned. */
    public void held(Cid cid) {
        forget(cid);
        if (asOf.isEmpty() || overflow) {
            boolean _ = settled.add(cid);
        }
        if (heldSince != null) {
            boolean _ = heldSince.add(cid);
        }
    }

    /** It is wanted, not held, and there is no room for its operation. */
    public void missing(Cid cid) {
        forget(cid);
        overflow |= !waiting.add(cid);
        if (missingSince != null) {
            boolean _ = missingSince.add(cid);
        }
    }

    /** There is an operation for it now, or it is not wanted any more. */
    public void forget(Cid cid) {
        waiting.remove(cid);
        settled.remove(cid);
        if (heldSince != null && missingSince != null) {
            heldSince.remove(cid);
            missingSince.remove(cid);
        }
    }

    /** Whether {@code cid} waits for room. */
    public boolean waits(Cid cid) {
        return waiting.contains(cid);
    }

    /** How many wait for room. */
    public int waiting() {
        return waiting.size();
    }

    /** A set for {@link #complete} to take. */
    public CidSet newSet() {
        return waiting.sibling();
    }

    /** A comparison begins: what happens from now on is not in its listing. */
    public void begin() {
        heldSince = waiting.sibling();
        missingSince = waiting.sibling();
    }

    /**
     * The comparison that began at {@code began} found exactly {@code missing} not held.
     *
     * @param whole whether {@code missing} is all of it
     * @param operations the CIDs that have an operation now
     */
    public void complete(CidSet missing, boolean whole, Iterable<Cid> operations, Instant began) {
        waiting.clear();
        boolean fits = waiting.addAll(missing);
        if (heldSince != null && missingSince != null) {
            waiting.removeAll(heldSince);
            fits &= waiting.addAll(missingSince);
        }
        operations.forEach(waiting::remove);
        overflow = !whole || !fits;
        if (!overflow) {
            settled.clear();
        }
        end();
        asOf = Optional.of(began);
        failure = Optional.empty();
    }

    /** The comparison failed: what was known before still stands. */
    public void failed(String sentence) {
        end();
        failure = Optional.of(sentence);
    }

    private void end() {
        heldSince = null;
        missingSince = null;
    }

    /** When the last complete comparison began. */
    public Optional<Instant> asOf() {
        return asOf;
    }

    /** Why the last comparison failed, if it did. */
    public Optional<String> failure() {
        return failure;
    }
}
