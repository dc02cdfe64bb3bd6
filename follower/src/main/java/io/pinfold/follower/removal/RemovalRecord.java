package io.pinfold.follower.removal;

import java.time.Instant;

/** An entry of the {@link RemovalLog}. */
public sealed interface RemovalRecord {

    /** A removal is due from now on; it replaces an earlier one of the same CID. */
    record Requested(PendingRemoval removal) implements RemovalRecord {}

    /**
     * A removal has ended.
     *
     * @param id of the removal
     * @param requested when it was asked for, so that the guard can count it without its request
     */
    record Settled(long id, Settlement settlement, Instant requested) implements RemovalRecord {

        public Settled {
            if (id < 0 || requested.toEpochMilli() < 0) {
                throw new IllegalArgumentException("negative id or time: " + id + ", " + requested);
            }
            requested = Instant.ofEpochMilli(requested.toEpochMilli());
        }
    }
}
