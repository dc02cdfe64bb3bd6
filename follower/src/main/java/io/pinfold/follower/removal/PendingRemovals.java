package io.pinfold.follower.removal;

import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What is to be removed, with the guard's verdict on each: the log folded into memory.
 *
 * <p>At most {@code bound} removals are remembered; further requests are refused, and whatever is pending then counts as
 * a mass. A refused or lost request is no harm: what carries our mark is found again by comparing. Any thread may call;
 * the lock is never held while the log is written.
 */
public final class PendingRemovals {

    /** Records in the log beyond twice what is alive, before it is rewritten. */
    private static final long SLACK = 4096;

    private final RemovalLog log;
    private final RemovalGuard guard;
    private final RemovalGuardConfig config;
    private final int bound;
    private final InstantSource clock;
    private final Instant opened;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Cid, Entry> entries = new HashMap<>();
    private final DoneRemovals done;
    private long nextId;
    private boolean overflow;

    /** A pending removal and what the guard said of it last. */
    public record Waiting(PendingRemoval removal, Verdict verdict) {}

    /** How many removals wait for confirmation or for a current state, and how many as a mass; how many may go. */
    public record Counts(long waiting, long mass, long free) {

        /** All that are pending. */
        public long total() {
            return waiting + mass + free;
        }
    }

    /** What became of requests. */
    public sealed interface Requested {

        /** All are durable. */
        record Remembered() implements Requested {}

        /** Some or all are not, for that reason. */
        record Lost(String detail) implements Requested {}
    }

    private static final class Entry {
        final PendingRemoval removal;
        Verdict verdict;
        boolean durable;

        Entry(PendingRemoval removal, Verdict verdict, boolean durable) {
            this.removal = removal;
            this.verdict = verdict;
            this.durable = durable;
        }
    }

    /** The removals that {@code log}, not replayed yet, remembers; what it dates later than now is dated now. */
    public PendingRemovals(RemovalLog log, RemovalGuardConfig config, int bound, InstantSource clock) {
        this.log = log;
        this.guard = new RemovalGuard(config);
        this.config = config;
        this.bound = bound;
        this.clock = clock;
        this.opened = clock.instant();
        RemovalFold fold = new RemovalFold();
        log.replay(fold::add);
        Map<Long, Instant> past = new LinkedHashMap<>();
        fold.done().forEach((id, requested) -> past.put(id, earlier(requested, opened)));
        this.done = new DoneRemovals(bound, past);
        this.nextId = fold.nextId();
        fold.pending()
                .stream()
                .map(removal -> removal.since(earlier(removal.since(), opened)))
                .forEach(removal -> entries.put(removal.cid(), new Entry(removal, fresh(), true)));
        this.overflow = entries.size() >= bound;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Remembers {@code requests} durably. One for a CID that is pending already replaces it, unless the same block is
     * behind both or it was only found.
     */
    public Requested request(Collection<RemovalRequest> requests) {
        List<PendingRemoval> added = new ArrayList<>();
        boolean refused = locked(() -> !addAll(requests, added));
        LogOutcome outcome = added.isEmpty()
                ? new LogOutcome.Written()
                : log.append(added.stream().<RemovalRecord>map(RemovalRecord.Requested::new).toList());
        locked(() -> {
            added.stream().map(this::entryOf).flatMap(Optional::stream).forEach(entry -> {
                entry.durable = outcome instanceof LogOutcome.Written;
                if (!entry.durable) {
                    entries.remove(entry.removal.cid());
                }
            });
            return outcome;
        });
        return switch (outcome) {
            case LogOutcome.NotWritten(String detail) -> new Requested.Lost(detail);
            case LogOutcome.Written() when refused ->
                new Requested.Lost("more than " + bound + " removals are pending");
            case LogOutcome.Written() -> new Requested.Remembered();
        };
    }

    private boolean addAll(Collection<RemovalRequest> requests, List<PendingRemoval> added) {
        Instant now = clock.instant();
        for (RemovalRequest request : requests) {
            Entry present = entries.get(request.cid());
            if (present != null && covers(present.removal, request)) {
                continue;
            }
            if (present == null && entries.size() >= bound) {
                overflow = true;
                return false;
            }
            PendingRemoval removal = new PendingRemoval(
                    nextId++, request.cid(), request.reason(), request.height(), request.block(), now);
            entries.put(removal.cid(), new Entry(removal, fresh(), false));
            added.add(removal);
        }
        return true;
    }

    /** The pending removal of {@code cid}. */
    public Optional<Waiting> get(Cid cid) {
        return locked(() -> Optional.ofNullable(entries.get(cid))
                .map(entry -> new Waiting(entry.removal, entry.verdict)));
    }

    /** Ends {@code removal}, if it is still pending. */
    public void settle(PendingRemoval removal, Settlement settlement) {
        boolean settled = locked(() -> entryOf(removal).map(entry -> {
            entries.remove(removal.cid());
            overflow &= !entries.isEmpty();
            if (settlement == Settlement.REMOVED) {
                done.add(removal.id(), removal.since());
            }
            return true;
        }).orElse(false));
        if (settled) {
            log.note(List.of(new RemovalRecord.Settled(removal.id(), settlement, removal.since())));
        }
    }

    /** Asks the guard about all durable removals and gives those that may go now, the oldest first. */
    public List<PendingRemoval> judge(ChainStanding standing, long held) {
        List<PendingRemoval> pending = locked(() -> entries.values()
                .stream()
                .filter(entry -> entry.durable)
                .map(entry -> entry.removal)
                .sorted(Comparator.comparingLong(PendingRemoval::id))
                .toList());
        long[] past = locked(done::times);
        boolean mass = locked(() -> overflow || done.full());
        List<Verdict> verdicts = guard.judge(pending, past, held, mass, opened, standing, clock.instant());
        return locked(() -> {
            List<PendingRemoval> free = new ArrayList<>();
            for (int i = 0; i < pending.size(); i++) {
                Verdict verdict = verdicts.get(i);
                Optional<Entry> entry = entryOf(pending.get(i));
                entry.ifPresent(present -> present.verdict = verdict);
                if (entry.isPresent() && verdict instanceof Verdict.Go) {
                    free.add(pending.get(i));
                }
            }
            return free;
        });
    }

    /** Forgets what does not count any more and rewrites the log if most of it is dead. */
    public void tidy() {
        List<RemovalRecord> live = new ArrayList<>();
        boolean mostlyDead = locked(() -> {
            done.forgetBefore(clock.instant().minus(config.retention()));
            if (log.records() <= 2L * (entries.size() + done.size()) + SLACK) {
                return false;
            }
            live.addAll(done.records());
            entries.values().forEach(entry -> live.add(new RemovalRecord.Requested(entry.removal)));
            return true;
        });
        if (mostlyDead) {
            LogOutcome _ = log.compact(live);
        }
    }

    /** The CIDs of all pending removals. */
    public List<Cid> cids() {
        return locked(() -> List.copyOf(entries.keySet()));
    }

    /** How many are pending, by verdict. */
    public Counts counts() {
        return locked(() -> {
            long free = entries.values().stream().filter(entry -> entry.verdict instanceof Verdict.Go).count();
            long mass = entries.values()
                    .stream()
                    .filter(entry -> entry.verdict instanceof Verdict.Wait wait
                            && wait.cause() == Verdict.Cause.MASS)
                    .count();
            return new Counts(entries.size() - mass - free, mass, free);
        });
    }

    private Verdict fresh() {
        return new Verdict.Wait(Verdict.Cause.UNCONFIRMED, Optional.of(clock.instant().plus(config.delay())));
    }

    private static boolean covers(PendingRemoval present, RemovalRequest request) {
        return request.reason() == RemovalReason.FOUND
                || (present.reason() == request.reason() && present.block().equals(request.block()));
    }

    /** The entry of {@code removal}, if it was not replaced or settled meanwhile. */
    private Optional<Entry> entryOf(PendingRemoval removal) {
        return Optional.ofNullable(entries.get(removal.cid())).filter(entry -> entry.removal.id() == removal.id());
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
