package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.tracker.Timers;
import io.pinfold.follower.tracker.operation.Interruptible;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.multiformats.Cid;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Asks the backend about one CID, with a short deadline. */
final class Asking {

    private final Context context;
    private final Jobs jobs;
    private final Contact contact;

    Asking(Context context, Jobs jobs, Contact contact) {
        this.context = context;
        this.jobs = jobs;
        this.contact = contact;
    }

    /** Whether {@code cid} is held; fails without asking while the backend is known not to answer. */
    StatusOutcome ask(Cid cid) {
        if (!context.state().<Boolean>locked(guarded -> guarded.gate.open())) {
            return failed(BackendFailure.Kind.UNREACHABLE, "the IPFS node does not answer");
        }
        CompletableFuture<StatusOutcome> answer = new CompletableFuture<>();
        Interruptible work = new Interruptible();
        if (!jobs.start(() -> ask(cid, work, answer))) {
            return failed(BackendFailure.Kind.CANCELLED, "the tracker was closed");
        }
        Timers.Timer deadline = context.runtime()
                .timers()
                .after(context.config().compare().statusDeadline(),
                        () -> answer
                                .complete(failed(BackendFailure.Kind.TIMEOUT, "the IPFS node did not answer in time")));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(BackendFailure.Kind.CANCELLED, "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            deadline.cancel();
            work.cancel();
        }
    }

    private void ask(Cid cid, Interruptible work, CompletableFuture<StatusOutcome> answer) {
        if (!work.begin()) {
            return;
        }
        try {
            StatusOutcome outcome = context.ports().target().status(cid);
            answer.complete(outcome);
            if (outcome instanceof StatusOutcome.Failed(BackendFailure failure)) {
                contact.failed(failure);
            } else {
                contact.answered();
            }
        } finally {
            work.end();
        }
    }

    private static StatusOutcome failed(BackendFailure.Kind kind, String detail) {
        return new StatusOutcome.Failed(new BackendFailure(kind, detail));
    }
}
