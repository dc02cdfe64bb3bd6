package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.tracker.operation.OperationEvent;
import io.pinfold.follower.tracker.operation.Running;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.StatusOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches whether the backend answers, and asks it now and then while there is nothing else to ask. */
final class Contact {

    private static final Logger LOG = LoggerFactory.getLogger(Contact.class);

    private final Context context;
    private final SingleFlight probing;
    private final Alarm alarm;
    private final Runnable reopened;

    /** Runs {@code reopened} when the backend answers again. */
    Contact(Context context, Jobs jobs, Runnable reopened) {
        this.context = context;
        this.probing = new SingleFlight(jobs, this::probe);
        this.alarm = new Alarm(context.runtime().clock(), context.runtime().timers(), this::ring);
        this.reopened = reopened;
    }

    /** Begins to watch. */
    void start() {
        alarm.within(context.config().backend().idle());
    }

    void close() {
        alarm.close();
    }

    /** Asks now, if the backend is taken not to answer. */
    void probeNow() {
        if (!context.state().<Boolean>locked(guarded -> guarded.gate.open())) {
            probing.request();
        }
    }

    /** The backend answered. */
    void answered() {
        boolean again = context.state().locked(guarded -> guarded.gate.answered(context.now()));
        if (again) {
            LOG.info("{} answers again", context.ports().target().name());
            alarm.within(context.config().backend().idle());
            reopened.run();
        }
    }

    /** Takes note of a failure, which may mean that the backend is away. */
    void failed(BackendFailure failure) {
        switch (failure.kind()) {
            case UNREACHABLE -> unanswered(failure, false);
            case TIMEOUT, CANCELLED, BROKEN_ANSWER -> {
            }
            case REFUSED, STALLED, NOT_FOUND, FULL, UNAUTHORIZED -> answered();
        }
    }

    /** What the failure of an attempt means for its operation. */
    OperationEvent event(Running running, BackendFailure failure) {
        failed(failure);
        if (failure.kind() == BackendFailure.Kind.UNREACHABLE) {
            return new OperationEvent.PutBack("the IPFS node does not answer: " + failure.detail());
        }
        if (failure.kind() == BackendFailure.Kind.CANCELLED && running.work().cancelled()) {
            return new OperationEvent.PutBack("cancelled");
        }
        String sentence = failure.detail().isBlank() ? failure.kind().toString() : failure.detail();
        return retry(running, sentence);
    }

    /** A failed attempt that is to be repeated. */
    OperationEvent retry(Running running, String sentence) {
        Duration wait = context.state()
                .locked(
                        guarded -> context.config().retry().after(running.operation().attempts(), guarded.random));
        return new OperationEvent.Failed(sentence, Optional.of(context.now().plus(wait)));
    }

    private void unanswered(BackendFailure failure, boolean asked) {
        boolean wasOpen = context.state().locked(guarded -> guarded.gate.open());
        Duration wait = context.state()
                .locked(guarded -> context.config()
                        .backend()
                        .probe()
                        .after(guarded.gate.unanswered(failure.detail(), asked, context.now()).tries(),
                                guarded.random));
        if (wasOpen) {
            LOG.warn("{} does not answer: {}", context.ports().target().name(), failure.detail());
        }
        alarm.within(wait);
    }

    private void ring() {
        Instant idleSince = context.now().minus(context.config().backend().idle());
        boolean ask = context.state()
                .locked(
                        guarded -> !guarded.gate.open() || !guarded.gate.lastAnswer().isAfter(idleSince));
        if (ask) {
            probing.request();
        } else {
            alarm.within(context.config().backend().idle());
        }
    }

    private void probe() {
        switch (context.ports().target().status(context.cluster())) {
            case StatusOutcome.Pinned _,StatusOutcome.NotPinned _ -> answered();
            case StatusOutcome.Failed(BackendFailure failure) -> probeFailed(failure);
        }
        if (context.state().<Boolean>locked(guarded -> guarded.gate.open())) {
            alarm.within(context.config().backend().idle());
        }
    }

    private void probeFailed(BackendFailure failure) {
        boolean open = context.state().locked(guarded -> guarded.gate.open());
        if (open) {
            failed(failure);
        } else {
            switch (failure.kind()) {
                case UNREACHABLE, TIMEOUT, CANCELLED, BROKEN_ANSWER -> unanswered(failure, true);
                case REFUSED, STALLED, NOT_FOUND, FULL, UNAUTHORIZED -> answered();
            }
        }
    }
}
