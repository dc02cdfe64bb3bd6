package io.pinfold.chain.core.intake;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.core.LogOp;
import java.util.ArrayList;
import java.util.List;

/** The operations that go into one block; the intake's lock guards all of it. */
final class Group {

    private final List<Ticket> tickets = new ArrayList<>();
    private boolean old;
    private long seq;
    /** The number that the log has. */
    private long loggedSeq;
    private long bytes;
    private boolean closed;

    /**
     * An empty group for the block with number {@code seq}.
     *
     * @param old whether it is from before the start, so that its number may have been used
     */
    Group(long seq, boolean old) {
        this.seq = seq;
        this.loggedSeq = seq;
        this.old = old;
        this.closed = old;
    }

    long seq() {
        return seq;
    }

    boolean isOld() {
        return old;
    }

    /** Takes no more operations from now on. */
    void close() {
        closed = true;
    }

    boolean fits(Ticket ticket, int maxOps, long maxBytes) {
        return !closed && tickets.size() < maxOps && bytes + ticket.bytes <= maxBytes;
    }

    void add(Ticket ticket) {
        ticket.seq = seq;
        ticket.index = tickets.size();
        tickets.add(ticket);
        bytes += ticket.bytes;
    }

    /** Takes out {@code ticket}, which was added last. */
    void removeLast(Ticket ticket) {
        if (tickets.removeLast() != ticket) {
            throw new IllegalStateException("another operation came after");
        }
        bytes -= ticket.bytes;
    }

    /** Gives the group and all its operations another number. */
    void renumber(long newSeq) {
        seq = newSeq;
        tickets.forEach(ticket -> ticket.seq = newSeq);
    }

    long loggedSeq() {
        return loggedSeq;
    }

    /** Tells that the log has the present number, which no block before the start can have. */
    void logged() {
        loggedSeq = seq;
        old = false;
    }

    boolean isDurable() {
        return !tickets.isEmpty() && tickets.getLast().durable;
    }

    int size() {
        return tickets.size();
    }

    List<Ticket> tickets() {
        return tickets;
    }

    List<LogOp> ops() {
        return tickets.stream().map(ticket -> ticket.op).toList();
    }

    List<IntakeEntry> entries() {
        return tickets.stream().map(Group::entry).toList();
    }

    static IntakeEntry entry(Ticket ticket) {
        return new IntakeEntry(ticket.seq, ticket.index, ticket.op, ticket.timeMillis, ticket.key);
    }
}
