package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.tracker.operation.Interruptible;
import io.pinfold.follower.tracker.reconcile.CidSet;
import io.pinfold.follower.tracker.reconcile.CompareOutcome;
import io.pinfold.follower.tracker.reconcile.Comparer;
import io.pinfold.ipfs.BackendFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Compares pinset and backend at once, at each interval, and when asked to; what is missing is queued. */
final class Comparing {

    private static final Logger LOG = LoggerFactory.getLogger(Comparing.class);

    private final Context context;
    private final Jobs jobs;
    private final Contact contact;
    private final Refill refill;
    private final MarkSearch marks;
    private final Comparer comparer;
    private final SingleFlight flight;
    private final Alarm alarm;
    private final List<CompletableFuture<CompareOutcome>> waiting = new ArrayList<>();
    private int failures;

    Comparing(Context context, Jobs jobs, Contact contact, Refill refill, MarkSearch marks) {
        this.context = context;
        this.jobs = jobs;
        this.contact = contact;
        this.refill = refill;
        this.marks = marks;
        this.comparer = new Comparer(context.ports(), context.config().compare());
        this.flight = new SingleFlight(jobs, this::run);
        this.alarm = new Alarm(context.runtime().clock(), context.runtime().timers(), flight::request);
    }

    /** Has a comparison begin. */
    void request() {
        flight.request();
    }

    /** The outcome of a comparison that begins after this call. */
    CompletableFuture<CompareOutcome> next() {
        CompletableFuture<CompareOutcome> outcome = new CompletableFuture<>();
        synchronized (waiting) {
            waiting.add(outcome);
        }
        flight.request();
        return outcome;
    }

    /** Ends; whoever waits is answered. */
    void close() {
        alarm.close();
        answer(new CompareOutcome.Failed(CompareOutcome.Cause.INTERRUPTED, "the tracker was closed"), takeWaiting());
    }

    private void run() {
        List<CompletableFuture<CompareOutcome>> asked = takeWaiting();
        CompareOutcome outcome = new CompareOutcome.Failed(CompareOutcome.Cause.INTERRUPTED, "internal error");
        try {
            outcome = compare();
        } finally {
            conclude(outcome);
            answer(outcome, asked);
        }
    }

    private CompareOutcome compare() {
        Instant began = context.now();
        Optional<BackendGate.Outage> outage = context.state().locked(guarded -> guarded.gate.outage());
        if (outage.isPresent()) {
            return new CompareOutcome.Failed(CompareOutcome.Cause.BACKEND, outage.get().sentence());
        }
        CidSet missing = context.state().locked(guarded -> {
            guarded.view.begin();
            return guarded.view.newSet();
        });
        return switch (watched(missing)) {
            case Comparer.Result.NoList(BackendFailure failure) -> {
                contact.failed(failure);
                yield new CompareOutcome.Failed(failure.kind() == BackendFailure.Kind.CANCELLED
                        ? CompareOutcome.Cause.INTERRUPTED
                        : CompareOutcome.Cause.BACKEND, "the list of pins is not complete: " + failure.detail());
            }
            case Comparer.Result.NoDisk(IOException failure) ->
                new CompareOutcome.Failed(CompareOutcome.Cause.DISK, "sorting the list of pins failed: " + failure);
            case Comparer.Result.Compared compared -> {
                contact.answered();
                long notWanted = Math.max(0, context.ports().pinset().size() - compared.wanted());
                context.state().update(guarded -> {
                    guarded.view.complete(compared.missing(), compared.whole(), guarded.table.cids(), began);
                    guarded.tally.notWanted = notWanted;
                });
                refill.restart();
                marks.search(compared.unwanted());
                yield new CompareOutcome.Complete(began, compared.wanted(), compared.held(), compared.surplus());
            }
        };
    }

    private Comparer.Result watched(CidSet missing) {
        Interruptible work = new Interruptible();
        boolean _ = work.begin();
        try (Watchdog dog = new Watchdog(context.runtime().timers(), context.config().compare().listStall(), work)) {
            return comparer.run(missing, dog::alive);
        } finally {
            work.end();
        }
    }

    private void conclude(CompareOutcome outcome) {
        switch (outcome) {
            case CompareOutcome.Complete complete -> {
                failures = 0;
                LOG.debug("compared: {}", complete);
                context.state().update(guarded -> guarded.tally.comparisons++);
                alarm.within(context.config().compare().interval());
            }
            case CompareOutcome.Failed(CompareOutcome.Cause cause, String detail) -> {
                failures++;
                LOG.atLevel(jobs.closed() ? Level.DEBUG : Level.WARN)
                        .log("pinset and backend could not be compared ({}): {}", cause, detail);
                alarm.within(context.state().locked(guarded -> {
                    guarded.view.failed(detail);
                    guarded.tally.failedComparisons++;
                    return context.config().compare().retry().after(failures, guarded.random);
                }));
            }
        }
    }

    private List<CompletableFuture<CompareOutcome>> takeWaiting() {
        synchronized (waiting) {
            List<CompletableFuture<CompareOutcome>> taken = List.copyOf(waiting);
            waiting.clear();
            return taken;
        }
    }

    private static void answer(CompareOutcome outcome, List<CompletableFuture<CompareOutcome>> asked) {
        asked.forEach(future -> future.complete(outcome));
    }
}
