package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.removal.PendingRemovals;
import io.pinfold.follower.tracker.TrackerMetrics;
import io.pinfold.follower.tracker.operation.OperationTable;
import io.pinfold.follower.tracker.operation.OperationType;
import io.pinfold.follower.tracker.operation.Phase;

/** Puts the tracker into numbers. */
final class Snapshot {

    private Snapshot() {}

    static TrackerMetrics of(Context context) {
        long held = context.held();
        PendingRemovals.Counts removals = context.removals().counts();
        return context.state()
                .locked(guarded -> new TrackerMetrics(
                        items(guarded, held),
                        removals,
                        totals(guarded.tally),
                        new TrackerMetrics.Backend(guarded.view.asOf(), guarded.view.failure(),
                                guarded.gate.outage().map(BackendGate.Outage::sentence))));
    }

    private static TrackerMetrics.Items items(TrackerState.Guarded guarded, long held) {
        OperationTable table = guarded.table;
        return new TrackerMetrics.Items(held,
                table.count(OperationType.PIN, Phase.QUEUED),
                table.count(OperationType.PIN, Phase.IN_PROGRESS),
                table.count(OperationType.PIN, Phase.ERROR),
                guarded.view.waiting(),
                table.count(OperationType.UNPIN, Phase.QUEUED),
                table.count(OperationType.UNPIN, Phase.IN_PROGRESS),
                table.count(OperationType.UNPIN, Phase.ERROR));
    }

    private static TrackerMetrics.Totals totals(Tally tally) {
        return new TrackerMetrics.Totals(tally.pinned, tally.pinFailures, tally.unpinned, tally.unpinFailures,
                tally.retries, tally.queueFull, tally.evicted, tally.comparisons, tally.failedComparisons,
                tally.lostRemovals);
    }
}
