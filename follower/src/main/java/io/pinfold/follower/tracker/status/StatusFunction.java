package io.pinfold.follower.tracker.status;

import io.pinfold.follower.tracker.operation.OperationType;
import io.pinfold.follower.tracker.operation.Phase;
import io.pinfold.follower.view.TrackerStatus;
import java.util.Optional;

/**
 * The status that users see: a total function of what is wanted, what the backend holds, and the work under way.
 *
 * <p>Work that contradicts the wish is about to be dropped and is not shown, unless it is running.
 */
public final class StatusFunction {

    private StatusFunction() {}

    /** An operation, as far as the status depends on it; a removal that the guard holds back is a queued unpin. */
    public record Work(OperationType type, Phase phase) {}

    /** The status of an item. */
    public static TrackerStatus of(Wish wish, Knowledge knowledge, Optional<Work> work) {
        if (wish == Wish.SHARDED) {
            return TrackerStatus.SHARDED;
        }
        return work.flatMap(present -> atWork(wish, present)).orElseGet(() -> atRest(wish, knowledge));
    }

    private static Optional<TrackerStatus> atWork(Wish wish, Work work) {
        boolean wanted = (wish == Wish.HOLD) == (work.type() == OperationType.PIN);
        if (work.phase() == Phase.IN_PROGRESS) {
            return Optional.of(work.type() == OperationType.PIN ? TrackerStatus.PINNING : TrackerStatus.UNPINNING);
        }
        return wanted ? waiting(work) : Optional.empty();
    }

    private static Optional<TrackerStatus> waiting(Work work) {
        boolean pin = work.type() == OperationType.PIN;
        return switch (work.phase()) {
            case QUEUED -> Optional.of(pin ? TrackerStatus.PIN_QUEUED : TrackerStatus.UNPIN_QUEUED);
            case ERROR -> Optional.of(pin ? TrackerStatus.PIN_ERROR : TrackerStatus.UNPIN_ERROR);
            case DONE -> pin ? Optional.of(TrackerStatus.PINNED) : Optional.empty();
            case IN_PROGRESS -> Optional.empty();
        };
    }

    private static TrackerStatus atRest(Wish wish, Knowledge knowledge) {
        return switch (wish) {
            case ABSENT -> TrackerStatus.UNPINNED;
            case REMOTE -> TrackerStatus.REMOTE;
            case SHARDED -> TrackerStatus.SHARDED;
            case OVER_BUDGET -> TrackerStatus.OVER_BUDGET;
            case HOLD -> switch (knowledge) {
                case HELD, REMEMBERED -> TrackerStatus.PINNED;
                case MISSING -> TrackerStatus.UNEXPECTEDLY_UNPINNED;
                case WAITING, UNCOMPARED -> TrackerStatus.PIN_QUEUED;
                case UNREADABLE -> TrackerStatus.CLUSTER_ERROR;
            };
        };
    }
}
