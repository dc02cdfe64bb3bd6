package io.pinfold.chain.core.intake;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.IntakeLog;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.LogOp.ConfigOp;
import io.pinfold.chain.core.LogOp.PinOp;
import io.pinfold.chain.core.LogOp.TrustOp;
import io.pinfold.chain.core.LogOp.UnpinOp;
import io.pinfold.chain.core.codec.OpCodec;
import io.pinfold.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/** The operations that wait for a block, in groups with a number each. Not safe for use by many threads. */
final class IntakeBook {

    private final int maxOps;
    private final long maxBytes;
    private final Deque<Group> groups = new ArrayDeque<>();
    private final Map<Long, Group> taken = new HashMap<>();
    private final LinkedHashMap<String, Ticket> byKey = new LinkedHashMap<>();
    private final Map<Cid, Ticket> newestByCid = new HashMap<>();
    /** No number up to this one was free at the start; those of old groups come next. */
    private final long usedAtStart;
    private long nextSeq;
    private long waitingOps;
    private long waitingBytes;

    /** A book of what {@code log} has; groups have at most {@code maxOps} operations and {@code maxBytes} bytes. */
    IntakeBook(IntakeLog log, int maxOps, long maxBytes, long used) {
        this.maxOps = maxOps;
        this.maxBytes = maxBytes;
        List<IntakeEntry> pending = new ArrayList<>(log.pending());
        pending.sort(Comparator.comparingLong(IntakeEntry::seq).thenComparingInt(IntakeEntry::index));
        for (IntakeEntry entry : pending) {
            if (groups.isEmpty() || groups.getLast().seq() != entry.seq()) {
                groups.add(new Group(entry.seq(), true));
            }
            Ticket ticket = ticket(entry);
            groups.getLast().add(ticket);
            count(ticket, 1);
            durable(ticket);
        }
        log.keyed().forEach(entry -> remember(ticket(entry)));
        usedAtStart = Math.max(used, groups.isEmpty() ? 0 : groups.getLast().seq());
        nextSeq = usedAtStart + groups.size() + 1;
    }

    /** The operation that an earlier request with {@code key} brought. */
    Optional<Ticket> byKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Counts {@code ticket} as waiting, though it has no place yet. */
    void enter(Ticket ticket) {
        count(ticket, 1);
        remember(ticket);
    }

    /** Gives {@code ticket} its place: number and index. */
    void place(Ticket ticket) {
        if (groups.isEmpty() || !groups.getLast().fits(ticket, maxOps, maxBytes)) {
            groups.add(new Group(nextSeq++, false));
        }
        groups.getLast().add(ticket);
    }

    /** Tells that {@code ticket} is durable. */
    void durable(Ticket ticket) {
        ticket.durable = true;
        newestByCid.put(subject(ticket.op), ticket);
    }

    /** Takes {@code batch}, all that was placed last, out again, since it could not be written. */
    void unplace(List<Ticket> batch, StoreFailure failure) {
        for (Ticket ticket : batch.reversed()) {
            Group last = groups.getLast();
            last.removeLast(ticket);
            if (last.tickets().isEmpty()) {
                groups.removeLast();
                // A number above it may have gone to a block without operations meanwhile; this one is left out then.
                nextSeq = last.seq() == nextSeq - 1 ? last.seq() : nextSeq;
            }
            ticket.failure = Optional.of(failure);
            count(ticket, -1);
            ticket.key.ifPresent(key -> byKey.remove(key, ticket));
        }
    }

    /** Takes out the first group and lets no more into it; empty if there is none or not all of it is durable. */
    Optional<Batch> take() {
        Group first = groups.peekFirst();
        if (first == null) {
            return Optional.empty();
        }
        first.close();
        if (!first.isDurable()) {
            return Optional.empty();
        }
        groups.removeFirst();
        taken.put(first.seq(), first);
        return Optional.of(new Batch(first.seq(), first.ops()));
    }

    /** The first number that no group has. */
    long nextNumber() {
        return nextSeq;
    }

    /** A number for a block without operations of ours. */
    long takeNumber() {
        return nextSeq++;
    }

    /** Forgets the group that was taken with number {@code seq}. */
    void retire(long seq) {
        Group group = taken.remove(seq);
        if (group != null) {
            forget(group);
        }
    }

    /**
     * Drops the groups whose block is known, and gives others new numbers where theirs may have been used.
     *
     * @param used no number up to this one is free
     * @param known whether this peer's block with a number is in the chain or will be merged
     * @param first whether this is the first time since the start, so that old groups cannot keep their numbers
     */
    Renumbering renumber(long used, LongPredicate known, boolean first) {
        List<Long> done = new ArrayList<>();
        groups.removeIf(group -> {
            boolean found = group.isOld() && known.test(group.loggedSeq());
            if (found) {
                done.add(group.loggedSeq());
                forget(group);
            }
            return found;
        });
        boolean all = first ? used > usedAtStart : groups.stream().anyMatch(group -> group.seq() <= used);
        long next = all ? Math.max(used + 1, nextSeq) : usedAtStart + 1;
        List<IntakeEntry> again = new ArrayList<>();
        List<Long> obsolete = new ArrayList<>();
        for (Group group : groups) {
            if (all || (first && group.isOld())) {
                obsolete.add(group.loggedSeq());
                group.renumber(next++);
                again.addAll(group.entries());
            }
        }
        nextSeq = Math.max(Math.max(nextSeq, next), used + 1);
        return new Renumbering(again.reversed(), obsolete, done);
    }

    /** Tells that the log has the present numbers. */
    void logged() {
        groups.forEach(Group::logged);
    }

    boolean isReady() {
        return !groups.isEmpty() && groups.getFirst().isDurable();
    }

    long waitingOps() {
        return waitingOps;
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** The newest durable operation on {@code cid} that is in no durable block. */
    Optional<LogOp> newest(Cid cid) {
        return Optional.ofNullable(newestByCid.get(cid)).map(ticket -> ticket.op);
    }

    private void remember(Ticket ticket) {
        ticket.key.ifPresent(key -> {
            byKey.put(key, ticket);
            if (byKey.size() > IntakeLog.KEPT_KEYS) {
                byKey.pollFirstEntry();
            }
        });
    }

    private void count(Ticket ticket, int sign) {
        waitingOps += sign;
        waitingBytes += (long) sign * ticket.bytes;
    }

    private void forget(Group group) {
        group.tickets().forEach(ticket -> {
            count(ticket, -1);
            newestByCid.remove(subject(ticket.op), ticket);
        });
    }

    private static Ticket ticket(IntakeEntry entry) {
        Ticket ticket = new Ticket(entry.op(), OpCodec.encode(entry.op()).size(), entry.timeMillis(), entry.key());
        ticket.seq = entry.seq();
        ticket.index = entry.index();
        ticket.durable = true;
        return ticket;
    }

    private static Cid subject(LogOp op) {
        return switch (op) {
            case PinOp(var pin) -> pin.cid();
            case UnpinOp(Cid cid) -> cid;
            case TrustOp trust -> trust.anchor().block();
            case ConfigOp config -> config.anchor().block();
        };
    }
}
