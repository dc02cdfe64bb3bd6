package io.pinfold.follower.tracker.engine;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.removal.PendingRemoval;
import io.pinfold.follower.removal.PendingRemovals;
import io.pinfold.follower.tracker.PinNames;
import io.pinfold.follower.tracker.TrackerConfig;
import io.pinfold.follower.tracker.TrackerPorts;
import io.pinfold.follower.tracker.TrackerRuntime;
import io.pinfold.follower.tracker.operation.Lane;
import io.pinfold.follower.tracker.operation.OperationType;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.Optional;

/** What all parts of the tracker share. */
record Context(Cid cluster, TrackerConfig config, TrackerPorts ports, TrackerRuntime runtime, TrackerState state,
        PendingRemovals removals) {

    Instant now() {
        return runtime.clock().instant();
    }

    String mark() {
        return PinNames.mark(cluster);
    }

    /** What is wanted of {@code cid} here and now. */
    Wish wish(Cid cid) {
        return ports.duty().of(ports.pinset().get(cid));
    }

    /** The queue for a pin that was not tried yet. */
    Lane lane(PinEntry entry) {
        Instant time = Instant.ofEpochMilli(entry.timeMillis());
        return time.plus(config.work().recentAge()).isAfter(now()) ? Lane.RECENT : Lane.BACKLOG;
    }

    /** Whether {@code removal} is still called for, as the pinset stands, for the reason that it was asked for. */
    boolean isDue(PendingRemoval removal, Optional<PinEntry> entry) {
        boolean rootOnly = entry.filter(pin -> pin.pin().maxDepth() == 0).isPresent();
        Wish wish = ports.duty().of(entry);
        return switch (removal.reason()) {
            case UNPINNED, REORGANISED, FOUND -> wish == Wish.ABSENT;
            case ALLOCATION -> wish == Wish.REMOTE;
            case MODE -> wish == Wish.HOLD && rootOnly;
            case BUDGET -> wish == Wish.OVER_BUDGET;
            case CONFIGURATION -> wish != Wish.HOLD;
        };
    }

    /** About how many roots are held and wanted; none until pinset and backend were compared. */
    long held() {
        long size = ports.pinset().size();
        return state.locked(guarded -> {
            if (guarded.view.asOf().isEmpty()) {
                return 0L;
            }
            long pins = guarded.table.count(OperationType.PIN);
            return Math.max(0, size - guarded.tally.notWanted - pins - guarded.view.waiting());
        });
    }
}
