package io.pinfold.follower.tracker.engine;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.removal.PendingRemovals;
import io.pinfold.follower.tracker.ItemStatus;
import io.pinfold.follower.tracker.operation.Lane;
import io.pinfold.follower.tracker.operation.Operation;
import io.pinfold.follower.tracker.operation.OperationTable;
import io.pinfold.follower.tracker.operation.OperationType;
import io.pinfold.follower.tracker.operation.Phase;
import io.pinfold.follower.tracker.operation.Running;
import io.pinfold.follower.tracker.status.Knowledge;
import io.pinfold.follower.tracker.status.StatusFunction;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.Optional;

/** Says what an item is up to, from memory. */
final class StatusBoard {

    private final Context context;

    StatusBoard(Context context) {
        this.context = context;
    }

    /** What the tracker remembers of an item and its surroundings. */
    private record Memory(Optional<OperationTable.InFlight> flight, Knowledge knowledge,
            Optional<BackendGate.Outage> outage, Optional<Instant> asOf, Optional<String> failure) {}

    /** The status of {@code cid} with the pin {@code entry}; {@code seen}, if given, is what the backend just said. */
    ItemStatus of(Cid cid, Optional<PinEntry> entry, Optional<Knowledge> seen) {
        Wish wish = context.ports().duty().of(entry);
        Optional<PendingRemovals.Waiting> removal = context.removals().get(cid);
        Memory memory = context.state()
                .locked(guarded -> new Memory(guarded.table.get(cid),
                        seen.orElseGet(() -> knowledge(guarded, cid)), guarded.gate.outage(), guarded.view.asOf(),
                        guarded.view.failure()));
        Optional<Operation> operation = memory.flight().map(OperationTable.InFlight::operation);
        Optional<StatusFunction.Work> work = operation
                .map(present -> new StatusFunction.Work(present.type(), present.phase()))
                .or(() -> removal.map(_ -> new StatusFunction.Work(OperationType.UNPIN, Phase.QUEUED)));
        TrackerStatus status = StatusFunction.of(wish, memory.knowledge(), work);
        boolean shown = operation.isPresent() && isAtWork(status);
        boolean held = operation.isEmpty() && removal.isPresent() && status == TrackerStatus.UNPIN_QUEUED;
        return new ItemStatus(cid, entry, status,
                shown ? operation.get().since() : since(entry, removal.filter(_ -> held), memory),
                shown
                        ? error(operation.get(), memory)
                        : held
                                ? Explanations.of(removal.get())
                                : explain(wish, memory),
                shown ? operation.get().attempts() : 0,
                shown && operation.get().lane() == Lane.RECENT,
                memory.flight().flatMap(OperationTable.InFlight::running).map(Running::progress),
                shown ? operation.get().nextTry() : held ? Explanations.until(removal.get()) : Optional.empty());
    }

    private static boolean isAtWork(TrackerStatus status) {
        return switch (status) {
            case PIN_QUEUED, PINNING, PIN_ERROR, UNPIN_QUEUED, UNPINNING, UNPIN_ERROR -> true;
            case UNDEFINED, CLUSTER_ERROR, PINNED, UNPINNED, REMOTE, SHARDED, UNEXPECTEDLY_UNPINNED, OVER_BUDGET ->
                false;
        };
    }

    private static Knowledge knowledge(TrackerState.Guarded guarded, Cid cid) {
        Knowledge known = guarded.view.of(cid);
        if (guarded.gate.open()) {
            return known;
        }
        return switch (known) {
            case HELD -> Knowledge.REMEMBERED;
            case UNCOMPARED -> Knowledge.UNREADABLE;
            case REMEMBERED, MISSING, WAITING, UNREADABLE -> known;
        };
    }

    private Instant since(Optional<PinEntry> entry, Optional<PendingRemovals.Waiting> removal, Memory memory) {
        return removal.map(waiting -> waiting.removal().since())
                .or(() -> memory.outage()
                        .filter(_ -> memory.knowledge() == Knowledge.UNREADABLE)
                        .map(BackendGate.Outage::since))
                .or(memory::asOf)
                .or(() -> entry.map(pin -> Instant.ofEpochMilli(pin.timeMillis())))
                .orElseGet(context::now);
    }

    private static String error(Operation operation, Memory memory) {
        return operation.phase() == Phase.QUEUED
                ? memory.outage().map(BackendGate.Outage::sentence).orElse(operation.error())
                : operation.error();
    }

    private static String explain(Wish wish, Memory memory) {
        if (wish != Wish.HOLD) {
            return "";
        }
        return switch (memory.knowledge()) {
            case HELD -> "";
            case MISSING -> "the IPFS node does not have it pinned";
            case WAITING -> "the queue is full: it waits for a place";
            case UNCOMPARED -> "not compared with the IPFS node yet";
            case REMEMBERED -> memory.outage().map(outage -> "as last known: " + outage.sentence()).orElse("");
            case UNREADABLE -> memory.outage()
                    .map(BackendGate.Outage::sentence)
                    .or(memory::failure)
                    .orElse("the IPFS node did not tell");
        };
    }
}
