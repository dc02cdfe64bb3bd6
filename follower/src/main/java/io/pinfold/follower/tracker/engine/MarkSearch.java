package io.pinfold.follower.tracker.engine;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.removal.RemovalReason;
import io.pinfold.follower.removal.RemovalRequest;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks among roots that are not wanted for those that carry our mark, and asks for their removal. */
final class MarkSearch {

    private final Context context;
    private final Contact contact;
    private final Removing removing;
    private final Jobs jobs;

    MarkSearch(Context context, Jobs jobs, Contact contact, Removing removing) {
        this.jobs = jobs;
        this.context = context;
        this.contact = contact;
        this.removing = removing;
    }

    /** After a comparison: asks the backend for the names of {@code roots}; while the state is one of the past, nothing is looked at. */
    void search(List<Cid> roots) {
        removing.recheck();
        if (context.ports().standing().behind()) {
            return;
        }
        List<RemovalRequest> found = new ArrayList<>();
        for (Cid root : roots) {
            if (jobs.closed()) {
                break;
            }
            if (context.removals().get(root).isPresent() || isBusy(root)) {
                continue;
            }
            switch (context.ports().target().status(root)) {
                case StatusOutcome.Pinned(PinDepth.Kind depth, String name) -> {
                    if (name.startsWith(context.mark())) {
                        reason(root, depth).ifPresent(reason -> found.add(new RemovalRequest(root, reason,
                                context.ports().standing().height(), Optional.empty())));
                    }
                }
                case StatusOutcome.NotPinned() -> {
                }
                case StatusOutcome.Failed(BackendFailure failure) -> {
                    contact.failed(failure);
                    removing.request(found);
                    return;
                }
            }
        }
        removing.request(found);
    }

    private boolean isBusy(Cid cid) {
        return context.state().locked(guarded -> guarded.table.get(cid).isPresent());
    }

    /** Why our pin {@code root} is not wanted as it is, as the pinset stands now; empty if it is wanted. */
    private Optional<RemovalReason> reason(Cid root, PinDepth.Kind depth) {
        Optional<PinEntry> entry = context.ports().pinset().get(root);
        Wish wish = context.ports().duty().of(entry);
        boolean rootOnly = entry.filter(pin -> pin.pin().maxDepth() == 0).isPresent();
        return switch (wish) {
            case ABSENT -> Optional.of(RemovalReason.FOUND);
            case REMOTE -> Optional.of(RemovalReason.ALLOCATION);
            case HOLD -> rootOnly && depth == PinDepth.Kind.RECURSIVE
                    ? Optional.of(RemovalReason.MODE)
                    : Optional.empty();
            case SHARDED, OVER_BUDGET -> Optional.empty();
        };
    }
}
