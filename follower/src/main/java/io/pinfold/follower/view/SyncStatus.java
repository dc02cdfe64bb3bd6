package io.pinfold.follower.view;

import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a peer stands on the cluster's chain.
 *
 * @param clusterId CID of the genesis manifest
 * @param height of the newest block in the state; 0 when there is none
 * @param head that block
 * @param headTime that block's time
 * @param bestHeight the greatest height that a trusted key has signed a head for, as far as this peer has heard
 * @param lastHeard when a trusted key last signed a head that reached this peer
 * @param stale whether that is longer ago than {@code stale_after}, or never; nothing is unpinned meanwhile
 * @param confirmations by how many publisher keys the head is confirmed
 * @param progress of the synchronisation, while one is running
 * @param pins size of the pinset
 * @param removals what waits to be unpinned here
 * @param writing why this peer cannot write, or empty if it can
 */
public record SyncStatus(Cid clusterId, String clusterName, Phase phase, long height, Optional<Cid> head,
        Optional<Instant> headTime, long bestHeight, Optional<Instant> lastHeard, boolean stale,
        Confirmations confirmations, Optional<Progress> progress, long pins, Removals removals,
        Optional<Failure.NotAWriter> writing) {

    /** Blocks that are known of and not in the state yet. */
    public long lag() {
        return Math.max(0, bestHeight - height);
    }

    /** What a peer is doing about the chain. */
    public enum Phase {
        /** Opening its stores, or replaying the chain it has. */
        STARTING,
        /** Fetching or applying blocks. */
        SYNCING,
        /** At the best head it has heard of. */
        CURRENT
    }

    /** {@code keys} of {@code of} publisher keys stand on a block. */
    public record Confirmations(int keys, int of) {

        /** Whether more than half do. */
        public boolean confirmed() {
            return 2L * keys > of;
        }
    }

    /**
     * A synchronisation under way.
     *
     * @param from height at which it began
     * @param to height of the head it goes for
     * @param verified blocks fetched and verified so far
     * @param applied blocks applied to the state so far
     */
    public record Progress(long from, long to, long verified, long applied) {}

    /**
     * Removals from the backend that have not happened yet.
     *
     * @param waiting until their block is confirmed or old enough
     * @param held because they are too many at once
     */
    public record Removals(long waiting, long held) {}
}
