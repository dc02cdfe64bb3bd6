package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.tracker.operation.Lane;
import io.pinfold.follower.tracker.operation.OperationEvent;
import io.pinfold.follower.tracker.operation.OperationTable;
import io.pinfold.follower.tracker.operation.OperationType;
import io.pinfold.follower.tracker.operation.Running;
import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives operations to workers while there are slots and the backend answers, and takes in what they bring back. */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Context context;
    private final Jobs jobs;
    private final Contact contact;
    private final PinWork pinWork;
    private final UnpinWork unpinWork;
    private final Alarm retries;
    private final Alarm burstOver;
    private final Runnable roomInQueue;

    /** Runs {@code roomInQueue} when the queues are half empty while items wait for a place. */
    Dispatcher(Context context, Jobs jobs, Contact contact, Runnable roomInQueue) {
        this.context = context;
        this.jobs = jobs;
        this.contact = contact;
        this.pinWork = new PinWork(context, contact);
        this.unpinWork = new UnpinWork(context, contact);
        this.retries = new Alarm(context.runtime().clock(), context.runtime().timers(), this::retry);
        this.burstOver = new Alarm(context.runtime().clock(), context.runtime().timers(), this::dispatch);
        this.roomInQueue = roomInQueue;
    }

    /** Starts what can start when the changes of the pinset pause, of which one just came. */
    void changed() {
        Instant now = context.now();
        context.state().update(guarded -> guarded.burst.change(now));
        if (!awaitsEndOfBurst()) {
            dispatch();
        }
    }

    /** Starts what can start. */
    void dispatch() {
        for (Running running : context.state().locked(this::startable)) {
            if (!jobs.start(() -> run(running))) {
                finish(running, WorkResult.of(new OperationEvent.PutBack("the tracker is closing")));
            }
        }
        awaitsEndOfBurst();
    }

    /** Whether changes come one soon after the other; what may start then is started when they pause. */
    private boolean awaitsEndOfBurst() {
        Instant over = context.state().locked(guarded -> guarded.burst.over());
        boolean waits = over.isAfter(context.now());
        if (waits) {
            burstOver.by(over);
        }
        return waits;
    }

    void close() {
        retries.close();
        burstOver.close();
    }

    private List<Running> startable(TrackerState.Guarded guarded) {
        List<Running> started = new ArrayList<>();
        if (!jobs.closed() && guarded.gate.open()) {
            for (OperationType type : OperationType.values()) {
                if (type == OperationType.PIN && guarded.burst.over().isAfter(context.now())) {
                    continue;
                }
                Optional<Running> next = guarded.table.start(type, context.now());
                while (next.isPresent()) {
                    started.add(next.get());
                    next = guarded.table.start(type, context.now());
                }
            }
        }
        return started;
    }

    private void run(Running running) {
        WorkResult result = WorkResult.of(new OperationEvent.PutBack("cancelled"));
        try {
            if (running.work().begin()) {
                result = running.operation().type() == OperationType.PIN
                        ? pinWork.run(running)
                        : unpinWork.run(running);
            }
        } catch (RuntimeException e) {
            LOG.error("{} of {} failed", running.operation().type(), running.operation().cid(), e);
            result = WorkResult.of(contact.retry(running, "internal error: " + e));
        } finally {
            running.work().end();
        }
        finish(running, result);
        dispatch();
    }

    private void finish(Running running, WorkResult result) {
        boolean room = context.state().locked(guarded -> {
            OperationTable.Finish finish = guarded.table.finish(running, result.event(), context.now());
            count(guarded.tally, running, finish, result);
            Cid cid = running.operation().cid();
            switch (finish) {
                case DONE -> take(guarded, cid, result.effect());
                case EVICTED -> {
                    if (running.operation().type() == OperationType.PIN) {
                        guarded.view.missing(cid);
                    }
                }
                case KEPT, SUPERSEDED -> {
                }
            }
            int half = context.config().work().queueBound() / 2;
            return guarded.view.waiting() > 0 && guarded.table.queued(OperationType.PIN, Lane.BACKLOG) <= half
                    && guarded.table.queued(OperationType.PIN, Lane.RECENT) <= half;
        });
        context.state().locked(guarded -> guarded.table.nextRetry()).ifPresent(retries::by);
        if (room) {
            roomInQueue.run();
        }
    }

    private void take(TrackerState.Guarded guarded, Cid cid, WorkResult.Effect effect) {
        switch (effect) {
            case NONE -> {
            }
            case HELD -> guarded.view.held(cid);
            case GONE -> guarded.view.forget(cid);
            case TO_PIN -> {
                guarded.view.forget(cid);
                if (guarded.table.want(cid, OperationType.PIN, Lane.RECENT,
                        context.now()) == OperationTable.Admission.FULL) {
                    guarded.view.missing(cid);
                }
            }
        }
    }

    private static void count(Tally tally, Running running, OperationTable.Finish finish, WorkResult result) {
        boolean pin = running.operation().type() == OperationType.PIN;
        boolean worked = result.effect() != WorkResult.Effect.NONE;
        if (finish == OperationTable.Finish.DONE && worked) {
            tally.pinned += pin && result.effect() == WorkResult.Effect.HELD ? 1 : 0;
            tally.unpinned += pin ? 0 : 1;
        } else if (result.event() instanceof OperationEvent.Failed && finish != OperationTable.Finish.SUPERSEDED) {
            tally.pinFailures += pin ? 1 : 0;
            tally.unpinFailures += pin ? 0 : 1;
        }
        tally.evicted += finish == OperationTable.Finish.EVICTED ? 1 : 0;
    }

    private void retry() {
        Instant now = context.now();
        context.state().update(guarded -> guarded.tally.retries += guarded.table.retryDue(now));
        context.state().locked(guarded -> guarded.table.nextRetry()).ifPresent(retries::by);
        dispatch();
    }
}
