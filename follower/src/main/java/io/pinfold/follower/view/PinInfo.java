package io.pinfold.follower.view;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pin as it stands in the pinset.
 *
 * @param options its options; the replication is what is in force, never 0
 * @param allocations the members that are to hold it; empty for everybody
 * @param maxDepth -1 recursive, 0 direct, n levels below the root
 * @param reference for sharded content, the pin that belongs to it
 * @param timestamp time of the block that put it there, or of its acknowledgment while it is in none
 */
public record PinInfo(Cid cid, PinType type, PinOptions options, List<PeerId> allocations, int maxDepth,
        Optional<Cid> reference, Instant timestamp) {

    public PinInfo {
        allocations = List.copyOf(allocations);
        if (maxDepth < -1) {
            throw new IllegalArgumentException("max depth " + maxDepth);
        }
    }
}
