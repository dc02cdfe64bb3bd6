package io.pinfold.follower.removal;

import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a removal log means: the records in order, folded. Records that repeat or that refer to nothing change nothing. */
final class RemovalFold {

    private final Map<Long, PendingRemoval> byId = new LinkedHashMap<>();
    private final Map<Cid, Long> byCid = new HashMap<>();
    private final Map<Long, Instant> done = new LinkedHashMap<>();
    private long nextId;

    /** Takes the next record. */
    void add(RemovalRecord record) {
        switch (record) {
            case RemovalRecord.Requested(PendingRemoval removal) -> {
                nextId = Math.max(nextId, removal.id() + 1);
                Long earlier = byCid.put(removal.cid(), removal.id());
                if (earlier != null) {
                    byId.remove(earlier);
                }
                byId.put(removal.id(), removal);
            }
            case RemovalRecord.Settled(long id, Settlement settlement, Instant requested) -> {
                nextId = Math.max(nextId, id + 1);
                PendingRemoval settled = byId.remove(id);
                if (settled != null) {
                    byCid.remove(settled.cid());
                }
                if (settlement == Settlement.REMOVED) {
                    done.put(id, requested);
                }
            }
        }
    }

    /** The removals that are pending, the oldest first. */
    Collection<PendingRemoval> pending() {
        return byId.values();
    }

    /** When the removals that happened were asked for, by id. */
    Map<Long, Instant> done() {
        return done;
    }

    /** An id that was never used. */
    long nextId() {
        return nextId;
    }
}
