package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.removal.PendingRemovals;
import io.pinfold.follower.removal.Verdict;
import java.time.Instant;
import java.util.Optional;

/** Says in words what a removal waits for. */
final class Explanations {

    private Explanations() {}

    static String of(PendingRemovals.Waiting waiting) {
        return switch (waiting.verdict()) {
            case Verdict.Go() -> "";
            case Verdict.Wait(Verdict.Cause cause, Optional<Instant> until) -> switch (cause) {
                case STALE -> "nothing is removed while no trusted peer was heard of lately";
                case BEHIND -> "nothing is removed before the present pinset is known";
                case UNCONFIRMED -> "waits for its block to be confirmed" + orUntil(until);
                case MASS -> "one of too many removals at once: waits for an admin anchor" + orUntil(until);
            };
        };
    }

    static Optional<Instant> until(PendingRemovals.Waiting waiting) {
        return waiting.verdict() instanceof Verdict.Wait(_, Optional<Instant> until) ? until : Optional.empty();
    }

    private static String orUntil(Optional<Instant> until) {
        return until.map(time -> ", or until " + time).orElse("");
    }
}
