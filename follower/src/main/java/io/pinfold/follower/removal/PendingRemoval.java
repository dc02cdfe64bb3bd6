package io.pinfold.follower.removal;

import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that is to be removed from the backend when the guard lets it.
 *
 * @param id never reused in one log, and greater than that of every earlier removal
 * @param height of the block that took it out, or that the state stood at when the need was noticed
 * @param block that block, if there is one
 * @param since when this peer noticed, by its own clock, in whole milliseconds
 */
public record PendingRemoval(long id, Cid cid, RemovalReason reason, long height, Optional<Cid> block,
        Instant since) {

    public PendingRemoval {
        if (id < 0 || height < 0 || since.toEpochMilli() < 0) {
            throw new IllegalArgumentException("negative id, height or time: " + id + ", " + height + ", " + since);
        }
        since = Instant.ofEpochMilli(since.toEpochMilli());
    }

    /** The same, noticed at another time. */
    PendingRemoval since(Instant other) {
        return new PendingRemoval(id, cid, reason, height, block, other);
    }
}
