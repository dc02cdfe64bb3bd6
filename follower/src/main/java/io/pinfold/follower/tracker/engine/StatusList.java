package io.pinfold.follower.tracker.engine;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.tracker.ItemStatus;
import io.pinfold.follower.tracker.operation.OperationType;
import io.pinfold.follower.view.StatusFilter;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Lists the statuses of the whole pinset and of what is being removed, in the order of CIDs. */
final class StatusList {

    /** Statuses that only items with an operation or a pending removal have. */
    private static final Set<TrackerStatus> WORK = EnumSet.of(TrackerStatus.PINNING, TrackerStatus.PIN_ERROR,
            TrackerStatus.UNPIN_QUEUED, TrackerStatus.UNPINNING, TrackerStatus.UNPIN_ERROR);

    private final Context context;
    private final StatusBoard board;

    StatusList(Context context, StatusBoard board) {
        this.context = context;
        this.board = board;
    }

    /** Hands over what matches {@code filter} and tells how many. */
    long list(StatusFilter filter, Consumer<? super ItemStatus> each) {
        boolean scan = filter.statuses().isEmpty() || !remembered().containsAll(filter.statuses());
        Queue<Cid> remembered = new ArrayDeque<>(cids(!scan));
        long[] count = {0};
        Consumer<ItemStatus> matching = status -> {
            if (filter.matches(status.status())) {
                count[0]++;
                each.accept(status);
            }
        };
        if (scan) {
            context.ports().pinset().scan(Optional.empty(), entry -> {
                upTo(remembered, entry, matching);
                matching.accept(board.of(entry.pin().cid(), Optional.of(entry), Optional.empty()));
                return true;
            });
        }
        for (Cid cid = remembered.poll(); cid != null; cid = remembered.poll()) {
            matching.accept(now(cid));
        }
        return count[0];
    }

    private ItemStatus now(Cid cid) {
        return board.of(cid, context.ports().pinset().get(cid), Optional.empty());
    }

    /** Hands over what is remembered before {@code entry} in order, which the pinset did not have a moment ago. */
    private void upTo(Queue<Cid> remembered, PinEntry entry, Consumer<ItemStatus> each) {
        Cid cid = entry.pin().cid();
        for (Cid next = remembered.peek(); next != null && next.compareTo(cid) <= 0; next = remembered.peek()) {
            remembered.remove();
            if (!next.equals(cid)) {
                each.accept(now(next));
            }
        }
    }

    /** Statuses that only items in memory have, at present. */
    private Set<TrackerStatus> remembered() {
        EnumSet<TrackerStatus> statuses = EnumSet.copyOf(WORK);
        boolean queueOnly = context.state()
                .locked(guarded -> guarded.view.waiting() == 0
                        && guarded.view.asOf().isPresent());
        if (queueOnly) {
            statuses.add(TrackerStatus.PIN_QUEUED);
        }
        return statuses;
    }

    /** In order, what has an operation, pins only if {@code pins} is set, and what is to be removed. */
    private Set<Cid> cids(boolean pins) {
        Set<Cid> cids = new TreeSet<>(context.removals().cids());
        context.state()
                .update(guarded -> guarded.table
                        .find(operation -> pins || operation.type() == OperationType.UNPIN)
                        .forEach(flight -> cids.add(flight.operation().cid())));
        return cids;
    }
}
