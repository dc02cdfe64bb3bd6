package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Single blocks that are needed: merged ones that did not come along, and damaged ones. At most {@value #MAX}; the one
 * wanted for longest goes first.
 */
final class WantList {

    /** The greatest number of blocks. */
    static final int MAX = 1024;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long MAX_PAUSE_MILLIS = 60_000;

    private final LinkedHashMap<Cid, Want> wants = new LinkedHashMap<>();

    private record Want(long notBefore, int tries) {}

    void add(Collection<Cid> cids) {
        for (Cid cid : cids) {
            wants.putIfAbsent(cid, new Want(0, 0));
            if (wants.size() > MAX) {
                wants.pollFirstEntry();
            }
        }
    }

    /** The blocks to ask for now, at most as many as a request has; they are not due again for a while. */
    List<Cid> due(long nowMillis) {
        List<Cid> due = new ArrayList<>();
        for (Map.Entry<Cid, Want> entry : wants.entrySet()) {
            Want want = entry.getValue();
            if (want.notBefore() <= nowMillis && due.size() < BlocksRequest.MAX_CIDS) {
                long pause = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(want.tries(), 10));
                entry.setValue(new Want(nowMillis + pause, want.tries() + 1));
                due.add(entry.getKey());
            }
        }
        return due;
    }

    /** Whether {@code cid} was wanted; it is not any more. */
    boolean arrived(Cid cid) {
        return wants.remove(cid) != null;
    }

    /** When the next block is due, {@link Long#MAX_VALUE} if none is wanted. */
    long nextMillis() {
        return wants.values().stream().mapToLong(Want::notBefore).min().orElse(Long.MAX_VALUE);
    }

    boolean isEmpty() {
        return wants.isEmpty();
    }
}
