package io.pinfold.chain.core.intake;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.IntakeLog;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.LogOp.ConfigOp;
import io.pinfold.chain.core.LogOp.TrustOp;
import io.pinfold.chain.core.OperationId;
import io.pinfold.chain.core.codec.BlockCodec;
import io.pinfold.chain.core.codec.OpCodec;
import io.pinfold.chain.core.intake.Submission.Accepted;
import io.pinfold.chain.core.intake.Submission.Reason;
import io.pinfold.chain.core.intake.Submission.Refused;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * Where clients' operations come in: each is durable in the intake log, under the number of the block that will hold it,
 * before its client is answered.
 *
 * <p>{@link #submit} may be called by any thread and blocks until the operation is durable. Of the threads that wait, one
 * writes for all that came meanwhile (group commit). {@link #take}, {@link #takeNumber}, {@link #retire} and
 * {@link #open} are for the thread that makes blocks. No lock is held while the disk works.
 */
public final class Intake {

    /** The greatest number of operations that wait for a block. */
    public static final int MAX_OPS = 100_000;
    /** The greatest size of their encodings together, in bytes. */
    public static final long MAX_BYTES = 64 << 20;

    private final IntakeLog log;
    private final PeerId self;
    private final boolean publisher;
    private final long maxBytes;
    private final Runnable wake;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final IntakeBook book;
    private final List<Ticket> queue = new ArrayList<>();
    /** Whether a thread writes to the log, which only one does at a time. */
    private boolean writing;
    private boolean open;
    /** Whether operations are in the log under two numbers. */
    private boolean unsettled;
    private boolean closed;

    /**
     * An intake over {@code log}, whose pending entries come first.
     *
     * @param self who signs the blocks
     * @param publisher whether blocks of that key count; if not, all is refused
     * @param used no number up to this one will be used again
     * @param wake is called, by any thread, when {@link #take} may have something; it must not wait
     */
    public Intake(IntakeLog log, PeerId self, boolean publisher, Genesis genesis, long used, Runnable wake) {
        this.log = log;
        this.self = self;
        this.publisher = publisher;
        this.maxBytes = (long) genesis.maxBlockBytes() - BlockCodec.MAX_OVERHEAD;
        this.wake = wake;
        this.book = new IntakeBook(log, genesis.maxBlockOps(), maxBytes, used);
    }

    /** Takes {@code op} in; returns when it is durable or refused. */
    public Submission submit(LogOp op, Optional<String> key, long nowMillis) {
        if (!publisher) {
            return new Refused(Reason.NOT_A_PUBLISHER,
                    "This peer may not change the pinset: its key is not among the cluster's publishers.");
        }
        if (op instanceof TrustOp || op instanceof ConfigOp) {
            return new Refused(Reason.NOT_ACTIVE, "Operations that change trust or settings are not active yet.");
        }
        Ticket ticket = new Ticket(op, OpCodec.encode(op).size(), nowMillis, key);
        if (ticket.bytes > maxBytes) {
            return new Refused(Reason.TOO_LARGE, "The operation has " + ticket.bytes + " bytes, a block of this"
                    + " cluster holds " + maxBytes + ".");
        }
        lock.lock();
        try {
            if (closed) {
                return closed();
            }
            Optional<Ticket> earlier = key.flatMap(book::byKey);
            if (earlier.isPresent()) {
                return answer(earlier.get(), true);
            }
            if (book.waitingOps() >= MAX_OPS || book.waitingBytes() >= MAX_BYTES) {
                return new Refused(Reason.BUSY, book.waitingOps() + " operations wait for a block.");
            }
            queue.add(ticket);
            book.enter(ticket);
            return answer(ticket, false);
        } finally {
            lock.unlock();
        }
    }

    /** The operations of the next block; empty if none are durable yet, or {@link #open} was not called. */
    public Optional<Batch> take() {
        return locked(() -> open ? book.take() : Optional.empty());
    }

    /** The number of a block without operations of ours. */
    public long takeNumber() {
        return locked(book::takeNumber);
    }

    /** The first number that no operation has yet: all that {@link #take} gives are below. */
    public long nextNumber() {
        return locked(book::nextNumber);
    }

    /** Tells that the block {@code seq} is durable in the chain store. */
    public void retire(long seq) {
        locked(() -> {
            book.retire(seq);
            return seq;
        });
        log.retire(seq);
    }

    /** Whether durable operations wait for a block. */
    public boolean isReady() {
        return locked(book::isReady);
    }

    /** Number of operations that wait for a block. */
    public long waiting() {
        return locked(book::waitingOps);
    }

    /** The newest operation on {@code cid} that is acknowledged and in no durable block yet. */
    public Optional<LogOp> newest(Cid cid) {
        return locked(() -> book.newest(cid));
    }

    /**
     * Allows blocks to be made, or, if it was allowed before, tells that numbers are used. Operations from before the start,
     * and those whose number turned out to be used, get other numbers, unless the block that has them is known.
     *
     * @param used no number up to this one is free
     * @param known whether this peer's block with a number is in the chain or will be merged
     * @throws StoreException if the disk is full or fails; to be called again
     */
    public void open(long used, LongPredicate known) {
        lock.lock();
        try {
            while (writing) {
                changed.awaitUninterruptibly();
            }
            Renumbering renumbering = book.renumber(used, known, !open);
            renumbering.done().forEach(log::retire);
            if (!renumbering.again().isEmpty()) {
                unlocked(() -> log.append(renumbering.again()));
                unsettled = true;
            }
            renumbering.obsolete().forEach(log::retire);
            book.logged();
            settle();
            open = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes durable that old numbers are retired, before a block has one of the new: else a crash would bring the operations
     * back under the old ones, to be done once more after newer ones.
     */
    private void settle() {
        if (unsettled) {
            unlocked(() -> log.append(List.of()));
            unsettled = false;
        }
    }

    /** Refuses all further operations; those that were accepted stay in the log. */
    public void close() {
        locked(() -> {
            closed = true;
            return closed;
        });
    }

    /** Waits until {@code ticket} is durable, writing what is queued if nobody else does. Under the lock. */
    private Submission answer(Ticket ticket, boolean again) {
        while (writing && !ticket.durable && ticket.failure.isEmpty()) {
            changed.awaitUninterruptibly();
        }
        if (!ticket.durable && ticket.failure.isEmpty()) {
            writeQueue();
        }
        return ticket.failure.<Submission>map(failure -> new Refused(Reason.DISK, failure.detail()))
                .orElseGet(() -> new Accepted(new OperationId(self, ticket.seq, ticket.index), again));
    }

    private void writeQueue() {
        List<Ticket> batch = List.copyOf(queue);
        queue.clear();
        batch.forEach(book::place);
        List<IntakeEntry> entries = batch.stream().map(Group::entry).toList();
        try {
            unlocked(() -> log.append(entries));
            batch.forEach(book::durable);
        } catch (StoreException e) {
            book.unplace(batch, e.failure());
        }
        wake.run();
    }

    /** Has {@code work} done on the log with the lock released, while nobody else writes. */
    private void unlocked(Runnable work) {
        writing = true;
        lock.unlock();
        try {
            work.run();
        } finally {
            lock.lock();
            writing = false;
            changed.signalAll();
        }
    }

    private static Submission closed() {
        return new Refused(Reason.CLOSED, "This peer is closing.");
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
