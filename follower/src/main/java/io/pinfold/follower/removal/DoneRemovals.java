package io.pinfold.follower.removal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When the removals that happened lately were asked for; the guard counts them. Holds at most {@code bound}, the newest.
 */
final class DoneRemovals {

    private final int bound;
    private final LinkedHashMap<Long, Instant> byId = new LinkedHashMap<>();

    DoneRemovals(int bound, Map<Long, Instant> past) {
        this.bound = bound;
        past.forEach(this::add);
    }

    /** Adds the removal {@code id}, asked for at {@code requested}. */
    void add(long id, Instant requested) {
        byId.put(id, requested);
        if (byId.size() > bound) {
            byId.pollFirstEntry();
        }
    }

    /** Forgets what was asked for before {@code time}. */
    void forgetBefore(Instant time) {
        byId.values().removeIf(requested -> requested.isBefore(time));
    }

    /** Whether more may have happened than are known here. */
    boolean full() {
        return byId.size() >= bound;
    }

    int size() {
        return byId.size();
    }

    /** When they were asked for, in milliseconds, in no order. */
    long[] times() {
        return byId.values().stream().mapToLong(Instant::toEpochMilli).toArray();
    }

    /** The records that bring this about again. */
    List<RemovalRecord> records() {
        return byId.entrySet()
                .stream()
                .<RemovalRecord>map(
                        entry -> new RemovalRecord.Settled(entry.getKey(), Settlement.REMOVED, entry.getValue()))
                .toList();
    }
}
