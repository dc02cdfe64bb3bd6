package io.pinfold.follower.tracker.operation;

import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Failed operations in the order of their next tries; those without one are left out. */
final class RetrySchedule {

    private record Entry(Instant at, Cid cid) {}

    private final TreeSet<Entry> entries = new TreeSet<>(
            Comparator.comparing(Entry::at).thenComparing(Entry::cid));

    void add(Operation failed) {
        failed.nextTry().ifPresent(at -> entries.add(new Entry(at, failed.cid())));
    }

    void remove(Operation failed) {
        failed.nextTry().ifPresent(at -> entries.remove(new Entry(at, failed.cid())));
    }

    /** Takes the first whose time has come. */
    Optional<Cid> pollDue(Instant now) {
        if (entries.isEmpty() || entries.first().at().isAfter(now)) {
            return Optional.empty();
        }
        return Optional.ofNullable(entries.pollFirst()).map(Entry::cid);
    }

    /** The first time. */
    Optional<Instant> next() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.first().at());
    }
}
