package io.pinfold.follower.tracker.engine;

import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.tracker.PinNames;
import io.pinfold.follower.tracker.operation.OperationEvent;
import io.pinfold.follower.tracker.operation.Running;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.multiformats.Cid;
import java.util.Optional;

/** One attempt to pin: what is wanted is read from the pinset now, not when the operation was queued. */
final class PinWork {

    private final Context context;
    private final Contact contact;

    PinWork(Context context, Contact contact) {
        this.context = context;
        this.contact = contact;
    }

    WorkResult run(Running running) {
        Cid cid = running.operation().cid();
        Optional<PinEntry> entry = context.ports().pinset().get(cid);
        if (entry.isEmpty() || context.ports().duty().of(entry) != Wish.HOLD) {
            return WorkResult.done(WorkResult.Effect.GONE);
        }
        PinRequest request = request(entry.get().pin(), running.operation().attempts());
        return switch (context.ports().target().pin(request, running::progress)) {
            case PinOutcome.Pinned(),PinOutcome.AlreadyPinned() -> held();
            case PinOutcome.Unsupported(String reason) -> {
                contact.answered();
                yield WorkResult.of(new OperationEvent.Failed(reason, Optional.empty()));
            }
            case PinOutcome.Failed(BackendFailure failure) -> WorkResult.of(contact.event(running, failure));
        };
    }

    private WorkResult held() {
        contact.answered();
        return WorkResult.done(WorkResult.Effect.HELD);
    }

    private PinRequest request(Pin pin, int attempt) {
        PinDepth depth = switch (pin.maxDepth()) {
            case -1 -> new PinDepth.Recursive();
            case 0 -> new PinDepth.Direct();
            default -> new PinDepth.Limited(pin.maxDepth());
        };
        return new PinRequest(pin.cid(), depth, PinNames.of(context.cluster(), pin.name()), pin.pinUpdate(),
                pin.origins(), context.config().work().stallTimeout(attempt));
    }
}
