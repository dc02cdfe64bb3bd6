package io.pinfold.follower.monitor;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.PinChange;
import io.pinfold.chain.core.StateMark;
import io.pinfold.follower.removal.RemovalReason;
import io.pinfold.follower.removal.RemovalRequest;
import io.pinfold.follower.tracker.PinTracker;
import io.pinfold.multiformats.Cid;
import io.pinfold.trust.Equivocation;
import io.pinfold.trust.EvidenceFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Tells the tracker what changes in the state, and people what went wrong. */
public final class StateFeed implements StateListener {

    private final Alerts alerts;
    private final EvidenceFolder evidence;
    private volatile Optional<PinTracker> tracker = Optional.empty();

    /** A feed that only has {@code alerts} yet, and keeps evidence in {@code evidence}. */
    public StateFeed(Alerts alerts, EvidenceFolder evidence) {
        this.alerts = alerts;
        this.evidence = evidence;
    }

    /** Tells {@code listener} from now on; what came before it finds by comparing. */
    public void tell(PinTracker listener) {
        tracker = Optional.of(listener);
    }

    /** Says that confirmations changed, on which removals may wait. */
    public void moved() {
        tracker.ifPresent(PinTracker::chainMoved);
    }

    @Override
    public void applied(BlockEffect effect) {
        tracker.ifPresent(listener -> {
            List<RemovalRequest> removals = new ArrayList<>();
            long height = effect.after().height();
            Optional<Cid> block = Optional.of(effect.after().point().cid());
            SequencedMap<Cid, PinChange> last = new LinkedHashMap<>();
            effect.changes().forEach(change -> last.put(change.cid(), change));
            for (PinChange change : last.values()) {
                change.entry()
                        .ifPresentOrElse(listener::track, () -> removals.add(
                                new RemovalRequest(change.cid(), RemovalReason.UNPINNED, height, block)));
            }
            if (!removals.isEmpty()) {
                listener.untrack(removals);
            }
        });
    }

    @Override
    public void rewound(StateMark mark) {
        tracker.ifPresent(listener -> {
            var _ = listener.sync();
        });
    }

    @Override
    public void raised(ChainAlert alert) {
        if (alert instanceof ChainAlert.Equivocated(Equivocation proof)) {
            evidence.add(proof);
        }
        alerts.raise(alert);
    }
}
