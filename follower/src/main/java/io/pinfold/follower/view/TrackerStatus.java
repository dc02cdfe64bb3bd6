package io.pinfold.follower.view;

import java.util.Arrays;
import java.util.Optional;

/** What a member makes of a pin; the texts and bits are ipfs-cluster's. */
public enum TrackerStatus {

    /** Not known. */
    UNDEFINED("undefined", 0),
    /** The member could not be asked, or could not read its own status. */
    CLUSTER_ERROR("cluster_error", 1 << 1),
    /** The last attempt to pin failed; it will be tried again. */
    PIN_ERROR("pin_error", 1 << 2),
    /** The last attempt to unpin failed; it will be tried again. */
    UNPIN_ERROR("unpin_error", 1 << 3),
    /** The backend holds it. */
    PINNED("pinned", 1 << 4),
    /** The backend is fetching it. */
    PINNING("pinning", 1 << 5),
    /** The backend is removing it. */
    UNPINNING("unpinning", 1 << 6),
    /** Not in the pinset. */
    UNPINNED("unpinned", 1 << 7),
    /** In the pinset and allocated to others. */
    REMOTE("remote", 1 << 8),
    /** Waiting for a worker to pin it. */
    PIN_QUEUED("pin_queued", 1 << 9),
    /** Waiting for a worker to unpin it, or for the removal guard. */
    UNPIN_QUEUED("unpin_queued", 1 << 10),
    /** Sharded content: its shards are held instead. */
    SHARDED("sharded", 1 << 11),
    /** Should be held, is not, and nothing is under way. */
    UNEXPECTEDLY_UNPINNED("unexpectedly_unpinned", 1 << 12),
    /** Held back because the disk budget is used up. Not known to ipfs-cluster. */
    OVER_BUDGET("over_budget", 1 << 13);

    private final String text;
    private final int bit;

    TrackerStatus(String text, int bit) {
        this.text = text;
        this.bit = bit;
    }

    /** The name that ipfs-cluster's API uses. */
    public String text() {
        return text;
    }

    /** The bit that ipfs-cluster's filters use; 0 for {@link #UNDEFINED}. */
    public int bit() {
        return bit;
    }

    /** Whether it will not change without another attempt or a person's help. */
    public boolean isError() {
        return this == CLUSTER_ERROR || this == PIN_ERROR || this == UNPIN_ERROR;
    }

    /** The status of that name. */
    public static Optional<TrackerStatus> of(String text) {
        return Arrays.stream(values()).filter(status -> status.text.equals(text)).findFirst();
    }
}
