package io.pinfold.follower.tracker.reconcile;

import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses which of the roots that are not wanted have their names asked for: so many each time, in turn.
 *
 * <p>Whose they are is not remembered, so a volunteer's own pins cost no memory and a bounded number of questions.
 */
final class SurplusPicker {

    private final int most;
    private Optional<Cid> last = Optional.empty();
    private final List<Cid> picked = new ArrayList<>();

    SurplusPicker(int most) {
        this.most = most;
    }

    /** Offers a root; they come in the order of CIDs. */
    void offer(Cid cid) {
        boolean passed = last.filter(before -> cid.compareTo(before) <= 0).isPresent();
        if (!passed && picked.size() < most) {
            picked.add(cid);
        }
    }

    /** Those whose turn it is; the next round goes on behind them, or from the start if these were the last. */
    List<Cid> take() {
        last = picked.size() < most ? Optional.empty() : Optional.of(picked.getLast());
        List<Cid> taken = List.copyOf(picked);
        picked.clear();
        return taken;
    }

    /** Forgets what was offered, as after a comparison that failed. */
    void drop() {
        picked.clear();
    }
}
