package io.pinfold.follower.tracker.engine;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.removal.PendingRemovals;
import io.pinfold.follower.removal.RemovalRequest;
import io.pinfold.follower.tracker.ItemStatus;
import io.pinfold.follower.tracker.TrackerConfig;
import io.pinfold.follower.tracker.TrackerMetrics;
import io.pinfold.follower.tracker.TrackerPorts;
import io.pinfold.follower.tracker.TrackerRuntime;
import io.pinfold.follower.tracker.operation.Lane;
import io.pinfold.follower.tracker.operation.OperationTable;
import io.pinfold.follower.tracker.operation.OperationType;
import io.pinfold.follower.tracker.operation.Phase;
import io.pinfold.follower.tracker.reconcile.CompareOutcome;
import io.pinfold.follower.tracker.status.Knowledge;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.follower.view.StatusFilter;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.multiformats.Cid;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The parts of the tracker, put together. */
public final class Engine implements AutoCloseable {

    private final Context context;
    private final Jobs jobs;
    private final Contact contact;
    private final Dispatcher dispatcher;
    private final Refill refill;
    private final Removing removing;
    private final Comparing comparing;
    private final Asking asking;
    private final StatusBoard board;
    private final StatusList list;

    /** Puts the parts together and reads what is to be removed; nothing runs yet. */
    public Engine(Cid cluster, TrackerConfig config, TrackerPorts ports, TrackerRuntime runtime) {
        PendingRemovals removals = new PendingRemovals(
                ports.log(), config.removal().guard(), config.removal().bound(), runtime.clock());
        this.context = new Context(
                cluster, config, ports, runtime, new TrackerState(config, runtime.random()), removals);
        this.jobs = new Jobs(runtime.executor());
        this.contact = new Contact(context, jobs, this::reopened);
        this.dispatcher = new Dispatcher(context, jobs, contact, this::roomInQueue);
        this.refill = new Refill(context, jobs, dispatcher);
        this.removing = new Removing(context, jobs, dispatcher);
        MarkSearch marks = new MarkSearch(context, jobs, contact, removing);
        this.comparing = new Comparing(context, jobs, contact, refill, marks);
        this.asking = new Asking(context, jobs, contact);
        this.board = new StatusBoard(context);
        this.list = new StatusList(context, board);
    }

    private void reopened() {
        comparing.request();
        dispatcher.dispatch();
    }

    private void roomInQueue() {
        refill.proceed();
    }

    /** Begins to work. */
    public void start() {
        contact.start();
        comparing.request();
        removing.reconsider();
    }

    /** Has {@code entry} brought about; {@code lane} is where a new operation waits. */
    public void track(PinEntry entry, Lane lane) {
        Cid cid = entry.pin().cid();
        boolean free = removing.cancel(entry);
        boolean wanted = context.ports().duty().of(Optional.of(entry)) == Wish.HOLD;
        boolean full = context.state().locked(guarded -> {
            if (!wanted) {
                boolean _ = guarded.table.drop(cid, OperationType.PIN);
                guarded.view.forget(cid);
            }
            return wanted && free && !admit(guarded, cid, lane);
        });
        if (full) {
            refill.restartLater();
        }
        dispatcher.changed();
    }

    private boolean admit(TrackerState.Guarded guarded, Cid cid, Lane lane) {
        if (guarded.table.want(cid, OperationType.PIN, lane, context.now()) == OperationTable.Admission.FULL) {
            guarded.tally.queueFull++;
            guarded.view.missing(cid);
            return false;
        }
        guarded.view.forget(cid);
        return true;
    }

    /** Has {@code requests} remembered and, when the guard lets them, brought about. */
    public void untrack(Collection<RemovalRequest> requests) {
        context.state().update(guarded -> {
            for (RemovalRequest request : requests) {
                boolean _ = guarded.table.drop(request.cid(), OperationType.PIN);
                guarded.view.forget(request.cid());
            }
        });
        removing.request(requests);
    }

    /** The queue for a pin of that age. */
    public Lane lane(PinEntry entry) {
        return context.lane(entry);
    }

    /** What memory says of {@code cid}. */
    public ItemStatus status(Cid cid) {
        return board.of(cid, context.ports().pinset().get(cid), Optional.empty());
    }

    /** What memory and the backend say of {@code cid}. */
    public ItemStatus statusNow(Cid cid) {
        Optional<PinEntry> entry = context.ports().pinset().get(cid);
        if (context.ports().duty().of(entry) != Wish.HOLD) {
            return board.of(cid, entry, Optional.empty());
        }
        boolean whole = entry.filter(pin -> pin.pin().maxDepth() != 0).isPresent();
        return board.of(cid, entry, switch (asking.ask(cid)) {
            case StatusOutcome.Pinned(PinDepth.Kind depth, _) ->
                Optional.of(whole && depth == PinDepth.Kind.DIRECT ? Knowledge.MISSING : Knowledge.HELD);
            case StatusOutcome.NotPinned() -> Optional.of(Knowledge.MISSING);
            case StatusOutcome.Failed _ -> Optional.empty();
        });
    }

    /** Hands over what matches {@code filter}, in the order of CIDs, and tells how many. */
    public long list(StatusFilter filter, Consumer<? super ItemStatus> each) {
        return list.list(filter, each);
    }

    /** Has the operation on {@code cid} tried now, if it failed. */
    public boolean retry(Cid cid) {
        boolean queued = context.state().locked(guarded -> guarded.table.retry(cid, context.now()));
        dispatcher.dispatch();
        return queued;
    }

    /** Has all failed operations tried now, and tells which. */
    public List<Cid> retryAll() {
        List<Cid> failed = context.state()
                .locked(guarded -> guarded.table
                        .find(operation -> operation.phase() == Phase.ERROR)
                        .stream()
                        .map(flight -> flight.operation().cid())
                        .filter(cid -> guarded.table.retry(cid, context.now()))
                        .toList());
        refill.restart();
        contact.probeNow();
        dispatcher.dispatch();
        return failed;
    }

    /** The outcome of a comparison that begins after this call. */
    public CompletableFuture<CompareOutcome> compare() {
        return comparing.next();
    }

    /** Has the guard asked again soon: blocks were confirmed, or a head came. */
    public void chainMoved() {
        removing.reconsider();
    }

    /** The tracker in numbers. */
    public TrackerMetrics metrics() {
        return Snapshot.of(context);
    }

    @Override
    public void close() {
        contact.close();
        dispatcher.close();
        removing.close();
        comparing.close();
        jobs.close();
        comparing.close();
    }
}
