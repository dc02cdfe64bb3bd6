package io.pinfold.follower.tracker.engine;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.removal.PendingRemoval;
import io.pinfold.follower.removal.PendingRemovals;
import io.pinfold.follower.removal.RemovalRequest;
import io.pinfold.follower.removal.Settlement;
import io.pinfold.follower.tracker.operation.Lane;
import io.pinfold.follower.tracker.operation.OperationTable;
import io.pinfold.follower.tracker.operation.OperationType;
import io.pinfold.multiformats.Cid;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what is to be removed, asks the guard again and again, and queues what it frees. */
final class Removing {

    private static final Logger LOG = LoggerFactory.getLogger(Removing.class);

    /** Shortest time between two questions to the guard, and more of it for each removal that waits. */
    private static final Duration PACE = Duration.ofMillis(100);
    private static final int REMOVALS_PER_MILLISECOND = 100;

    private final Context context;
    private final Dispatcher dispatcher;
    private final SingleFlight judging;
    private final Alarm alarm;
    private volatile boolean unchecked = true;

    Removing(Context context, Jobs jobs, Dispatcher dispatcher) {
        this.context = context;
        this.dispatcher = dispatcher;
        this.judging = new SingleFlight(jobs, this::judge);
        this.alarm = new Alarm(context.runtime().clock(), context.runtime().timers(), judging::request);
    }

    /** Has the guard asked soon. */
    void reconsider() {
        long pending = context.removals().counts().total();
        if (pending > 0) {
            alarm.within(PACE.plusMillis(pending / REMOVALS_PER_MILLISECOND));
        }
    }

    void close() {
        alarm.close();
    }

    /** Has all removals held against the pinset before the guard is asked again: events may have been lost. */
    void recheck() {
        unchecked = true;
        reconsider();
    }

    /** Remembers {@code requests} durably; what is lost is found again by its mark. */
    void request(Collection<RemovalRequest> requests) {
        if (context.removals().request(requests) instanceof PendingRemovals.Requested.Lost(String detail)) {
            LOG.warn("of {} removals some are not remembered, and wait to be found by comparing: {}", requests.size(),
                    detail);
            context.state().update(guarded -> guarded.tally.lostRemovals++);
        }
        reconsider();
    }

    /** Cancels the removal of what is wanted again as {@code entry}; false if a removal is still due nevertheless. */
    boolean cancel(PinEntry entry) {
        Optional<PendingRemoval> removal = context.removals()
                .get(entry.pin().cid())
                .map(PendingRemovals.Waiting::removal);
        if (removal.isPresent() && context.isDue(removal.get(), Optional.of(entry))) {
            return false;
        }
        removal.ifPresent(present -> context.removals().settle(present, Settlement.CANCELLED));
        return true;
    }

    private void judge() {
        if (unchecked && !context.ports().standing().behind()) {
            unchecked = false;
            check();
        }
        List<PendingRemoval> free = context.removals().judge(context.ports().standing(), context.held());
        context.state().update(guarded -> {
            for (PendingRemoval removal : free) {
                boolean busy = guarded.table.get(removal.cid()).isPresent();
                if (!busy && guarded.table.want(removal.cid(), OperationType.UNPIN, Lane.RECENT,
                        context.now()) == OperationTable.Admission.FULL) {
                    return;
                }
            }
        });
        dispatcher.dispatch();
        context.removals().tidy();
        if (context.removals().counts().total() > 0) {
            alarm.within(context.config().removal().interval());
        }
    }

    private void check() {
        for (Cid cid : context.removals().cids()) {
            Optional<PinEntry> entry = context.ports().pinset().get(cid);
            context.removals()
                    .get(cid)
                    .map(PendingRemovals.Waiting::removal)
                    .filter(removal -> !context.isDue(removal, entry))
                    .ifPresent(removal -> context.removals().settle(removal, Settlement.CANCELLED));
        }
    }
}
