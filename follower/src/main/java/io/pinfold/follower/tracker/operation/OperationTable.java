package io.pinfold.follower.tracker.operation;

import io.pinfold.follower.tracker.operation.OperationEvent.Due;
import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The operations in flight, at most one a CID, and at most one running a CID.
 *
 * <p>An operation that takes the place of a running one cancels it and starts when that has ended. Each lane holds at
 * most so many, and so do the failed operations together: one more is forgotten. Not safe for use by many threads.
 */
public final class OperationTable {

    private final int errorBound;
    private final FairQueue pins;
    private final FairQueue unpins;
    private final Map<Cid, Slot> slots = new HashMap<>();
    private final RetrySchedule retries = new RetrySchedule();
    private int errors;

    /** What became of a wish. */
    public enum Admission {
        /** It is an operation now. */
        ADDED,
        /** It was one before. */
        SAME,
        /** There is no room for it. */
        FULL
    }

    /** What became of a finished attempt. */
    public enum Finish {
        /** The operation is done. */
        DONE,
        /** The operation stays, queued or failed. */
        KEPT,
        /** The operation failed, and is forgotten because too many did. */
        EVICTED,
        /** Another operation had taken its place, or it had been dropped. */
        SUPERSEDED
    }

    /** An operation and, while it is in progress, its attempt. */
    public record InFlight(Operation operation, Optional<Running> running) {}

    private static final class Slot {
        @Nullable
        Operation operation;
        @Nullable
        Running running;
        boolean superseded;
        boolean again;
    }

    /**
     * A table of at most {@code queueBound} operations a lane and {@code errorBound} failed ones, for so many workers.
     */
    public OperationTable(int queueBound, int errorBound, int pinSlots, int unpinSlots) {
        this.errorBound = errorBound;
        this.pins = new FairQueue(queueBound, pinSlots);
        this.unpins = new FairQueue(queueBound, unpinSlots);
    }

    /** Takes {@code type} of {@code cid} in; the opposite operation, if there is one, is dropped or cancelled. */
    public Admission want(Cid cid, OperationType type, Lane lane, Instant now) {
        Slot slot = slots.get(cid);
        if (slot != null && slot.operation != null && slot.operation.type() == type) {
            again(slot, slot.operation, lane, now);
            return Admission.SAME;
        }
        drop(cid, type.opposite());
        Slot ending = slots.get(cid);
        if (ending != null) {
            ending.operation = Operation.queued(cid, type, lane, now);
            return Admission.ADDED;
        }
        if (!queue(type).offer(cid, lane)) {
            return Admission.FULL;
        }
        Slot fresh = new Slot();
        fresh.operation = Operation.queued(cid, type, lane, now);
        slots.put(cid, fresh);
        return Admission.ADDED;
    }

    private void again(Slot slot, Operation operation, Lane lane, Instant now) {
        switch (operation.phase()) {
            case IN_PROGRESS -> slot.again = true;
            case ERROR -> {
                if (lane == Lane.RECENT) {
                    requeue(slot, operation, now);
                }
            }
            case QUEUED -> {
                if (slot.running == null && lane == Lane.RECENT && operation.lane() == Lane.BACKLOG
                        && queue(operation.type()).offer(operation.cid(), lane)) {
                    queue(operation.type()).remove(operation.cid(), operation.lane());
                    slot.operation = operation.in(lane);
                }
            }
            case DONE -> throw new IllegalStateException("kept although done: " + operation);
        }
    }

    /** Drops the operation of {@code type} on {@code cid}, if there is one; a running attempt is cancelled. */
    public boolean drop(Cid cid, OperationType type) {
        Slot slot = slots.get(cid);
        if (slot == null || slot.operation == null || slot.operation.type() != type) {
            return false;
        }
        Operation operation = slot.operation;
        slot.operation = null;
        slot.again = false;
        if (slot.running != null) {
            slot.superseded = true;
            slot.running.work().cancel();
            return true;
        }
        if (operation.phase() == Phase.ERROR) {
            errors--;
            retries.remove(operation);
        } else {
            queue(type).remove(cid, operation.lane());
        }
        slots.remove(cid);
        return true;
    }

    /** The next operation of {@code type}, in progress from now on, if there is one and a slot for it. */
    public Optional<Running> start(OperationType type, Instant now) {
        return queue(type).poll().map(cid -> {
            Slot slot = slots.get(cid);
            if (slot == null || slot.operation == null) {
                throw new IllegalStateException("queued but not in the table: " + cid);
            }
            slot.operation = slot.operation.on(new OperationEvent.Started(), now);
            slot.running = new Running(slot.operation);
            return slot.running;
        });
    }

    /** Ends the attempt {@code running}. */
    public Finish finish(Running running, OperationEvent event, Instant now) {
        Cid cid = running.operation().cid();
        Slot slot = slots.get(cid);
        if (slot == null || slot.running != running) {
            throw new IllegalStateException("not running: " + running.operation());
        }
        queue(running.operation().type()).ended(running.operation().lane());
        slot.running = null;
        Operation operation = slot.operation;
        if (slot.superseded || operation == null) {
            slot.superseded = false;
            if (operation == null) {
                slots.remove(cid);
            } else {
                queue(operation.type()).force(cid, operation.lane());
            }
            return Finish.SUPERSEDED;
        }
        boolean again = slot.again;
        slot.again = false;
        Operation next = operation.on(event, now);
        slot.operation = next;
        return switch (next.phase()) {
            case DONE -> done(slot, next, again, now);
            case ERROR -> failed(next);
            case QUEUED -> {
                queue(next.type()).putBack(cid, next.lane());
                yield Finish.KEPT;
            }
            case IN_PROGRESS -> throw new IllegalStateException("an attempt does not end with " + event);
        };
    }

    private Finish done(Slot slot, Operation operation, boolean again, Instant now) {
        if (again) {
            slot.operation = Operation.queued(operation.cid(), operation.type(), operation.lane(), now);
            queue(operation.type()).force(operation.cid(), operation.lane());
        } else {
            slots.remove(operation.cid());
        }
        return Finish.DONE;
    }

    private Finish failed(Operation operation) {
        if (errors + pins.size(Lane.RETRIED) + unpins.size(Lane.RETRIED) >= errorBound) {
            slots.remove(operation.cid());
            return Finish.EVICTED;
        }
        errors++;
        retries.add(operation);
        return Finish.KEPT;
    }

    /** Queues all failed operations whose next try has come, and tells how many. */
    public int retryDue(Instant now) {
        int queued = 0;
        for (Optional<Cid> cid = retries.pollDue(now); cid.isPresent(); cid = retries.pollDue(now)) {
            queued += retry(cid.get(), now) ? 1 : 0;
        }
        return queued;
    }

    /** When the next failed operation is to be tried again. */
    public Optional<Instant> nextRetry() {
        return retries.next();
    }

    /** Queues the operation on {@code cid} now if it failed. */
    public boolean retry(Cid cid, Instant now) {
        Slot slot = slots.get(cid);
        if (slot == null || slot.operation == null || slot.operation.phase() != Phase.ERROR) {
            return false;
        }
        requeue(slot, slot.operation, now);
        return true;
    }

    private void requeue(Slot slot, Operation operation, Instant now) {
        errors--;
        retries.remove(operation);
        Operation queued = operation.on(new Due(), now);
        slot.operation = queued;
        queue(queued.type()).force(queued.cid(), queued.lane());
    }

    /** The operation on {@code cid}. */
    public Optional<InFlight> get(Cid cid) {
        return Optional.ofNullable(slots.get(cid)).flatMap(OperationTable::inFlight);
    }

    /** The operations that {@code wanted} accepts. */
    public List<InFlight> find(Predicate<Operation> wanted) {
        return slots.values()
                .stream()
                .flatMap(slot -> inFlight(slot).stream())
                .filter(flight -> wanted.test(flight.operation()))
                .toList();
    }

    /** How many operations of {@code type} there are, in whatever phase. */
    public long count(OperationType type) {
        return slots.values()
                .stream()
                .filter(slot -> slot.operation != null && slot.operation.type() == type)
                .count();
    }

    /** The CIDs that have an operation. */
    public Collection<Cid> cids() {
        return slots.keySet();
    }

    /** How many operations of {@code type} are in {@code phase}. */
    public long count(OperationType type, Phase phase) {
        return slots.values()
                .stream()
                .filter(slot -> slot.operation != null && slot.operation.type() == type
                        && slot.operation.phase() == phase)
                .count();
    }

    /** How many wait in {@code lane} for a worker of {@code type}. */
    public int queued(OperationType type, Lane lane) {
        return queue(type).size(lane);
    }

    private static Optional<InFlight> inFlight(Slot slot) {
        return Optional.ofNullable(slot.operation)
                .map(operation -> new InFlight(operation, operation.phase() == Phase.IN_PROGRESS
                        ? Optional.ofNullable(slot.running)
                        : Optional.empty()));
    }

    private FairQueue queue(OperationType type) {
        return type == OperationType.PIN ? pins : unpins;
    }
}
