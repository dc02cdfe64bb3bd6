package io.pinfold.follower.tracker.operation;

import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.Optional;

/**
 * Work on one CID that is not done yet.
 *
 * @param attempts so many were begun, those that were put back not counted
 * @param nextTry when it is tried again by itself; only in {@link Phase#ERROR}
 * @param error what the last attempt failed with, or what it waits for; empty if nothing is wrong
 * @param since when it came into its phase
 */
public record Operation(Cid cid, OperationType type, Lane lane, Phase phase, int attempts, Optional<Instant> nextTry,
        String error, Instant since) {

    /** A new operation. */
    public static Operation queued(Cid cid, OperationType type, Lane lane, Instant now) {
        return new Operation(cid, type, lane, Phase.QUEUED, 0, Optional.empty(), "", now);
    }

    /**
     * The operation after {@code event}.
     *
     * @throws IllegalStateException if that cannot happen in this phase
     */
    public Operation on(OperationEvent event, Instant now) {
        return switch (event) {
            case OperationEvent.Started() when phase == Phase.QUEUED ->
                new Operation(cid, type, lane, Phase.IN_PROGRESS, attempts + 1, Optional.empty(), error, now);
            case OperationEvent.Succeeded() when phase == Phase.IN_PROGRESS ->
                new Operation(cid, type, lane, Phase.DONE, attempts, Optional.empty(), "", now);
            case OperationEvent.Failed(String why, Optional<Instant> next) when phase == Phase.IN_PROGRESS ->
                new Operation(cid, type, Lane.RETRIED, Phase.ERROR, attempts, next, why, now);
            case OperationEvent.PutBack(String why) when phase == Phase.IN_PROGRESS ->
                new Operation(cid, type, lane, Phase.QUEUED, attempts - 1, Optional.empty(), why, now);
            case OperationEvent.Due() when phase == Phase.ERROR ->
                new Operation(cid, type, Lane.RETRIED, Phase.QUEUED, attempts, Optional.empty(), error, now);
            default -> throw new IllegalStateException(event + " happens to " + this);
        };
    }

    /** The same, waiting in {@code other}. */
    Operation in(Lane other) {
        return new Operation(cid, type, other, phase, attempts, nextTry, error, since);
    }
}
