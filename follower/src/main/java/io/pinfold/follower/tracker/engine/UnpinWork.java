package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.removal.ChainStanding;
import io.pinfold.follower.removal.PendingRemoval;
import io.pinfold.follower.removal.PendingRemovals;
import io.pinfold.follower.removal.RemovalReason;
import io.pinfold.follower.removal.Settlement;
import io.pinfold.follower.removal.Verdict;
import io.pinfold.follower.tracker.operation.Running;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.multiformats.Cid;
import java.util.Optional;

/**
 * One attempt to unpin: only what has a durable record that the guard freed, what the pinset still does not want, and
 * what carries our mark.
 */
final class UnpinWork {

    private final Context context;
    private final Contact contact;

    UnpinWork(Context context, Contact contact) {
        this.context = context;
        this.contact = contact;
    }

    WorkResult run(Running running) {
        Cid cid = running.operation().cid();
        ChainStanding standing = context.ports().standing();
        Optional<PendingRemoval> free = context.removals()
                .get(cid)
                .filter(waiting -> waiting.verdict() instanceof Verdict.Go)
                .map(PendingRemovals.Waiting::removal);
        if (free.isEmpty() || standing.stale() || standing.behind()) {
            return WorkResult.done(WorkResult.Effect.NONE);
        }
        PendingRemoval removal = free.get();
        if (!context.isDue(removal, context.ports().pinset().get(cid))) {
            context.removals().settle(removal, Settlement.CANCELLED);
            return WorkResult.done(WorkResult.Effect.NONE);
        }
        return removal.reason() == RemovalReason.MODE ? unpinIfWhole(running, removal) : unpin(running, removal);
    }

    /** Removes a pin of the whole where only its root is wanted; a pin of the root alone stays. */
    private WorkResult unpinIfWhole(Running running, PendingRemoval removal) {
        return switch (context.ports().target().status(removal.cid())) {
            case StatusOutcome.Pinned(PinDepth.Kind depth, _) when depth == PinDepth.Kind.RECURSIVE ->
                unpin(running, removal);
            case StatusOutcome.Pinned _,StatusOutcome.NotPinned _ -> settled(removal, Settlement.NOT_HELD);
            case StatusOutcome.Failed(BackendFailure failure) -> WorkResult.of(contact.event(running, failure));
        };
    }

    private WorkResult unpin(Running running, PendingRemoval removal) {
        return switch (context.ports().target().unpin(removal.cid(), context.mark())) {
            case UnpinOutcome.Unpinned() -> settled(removal, Settlement.REMOVED);
            case UnpinOutcome.NotPinned() -> settled(removal, Settlement.NOT_HELD);
            case UnpinOutcome.NotOurs(_) -> settled(removal, Settlement.NOT_OURS);
            case UnpinOutcome.Failed(BackendFailure failure) -> WorkResult.of(contact.event(running, failure));
        };
    }

    private WorkResult settled(PendingRemoval removal, Settlement settlement) {
        contact.answered();
        context.removals().settle(removal, settlement);
        boolean wanted = settlement != Settlement.NOT_OURS && context.wish(removal.cid()) == Wish.HOLD;
        return WorkResult.done(wanted ? WorkResult.Effect.TO_PIN : WorkResult.Effect.GONE);
    }
}
