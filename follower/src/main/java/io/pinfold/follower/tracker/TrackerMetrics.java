package io.pinfold.follower.tracker;

import io.pinfold.follower.removal.PendingRemovals;
import java.time.Instant;
import java.util.Optional;

/** The tracker in numbers, at one moment. */
public record TrackerMetrics(Items items, PendingRemovals.Counts removals, Totals totals, Backend backend) {

    /**
     * Items by what they are up to.
     *
     * @param pinned held and wanted, as of the last comparison and what happened since; 0 before the first
     * @param pinQueued operations that wait for a worker
     * @param waiting missing items for which there is no place in the queue yet
     */
    public record Items(long pinned, long pinQueued, long pinning, long pinErrors, long waiting, long unpinQueued,
            long unpinning, long unpinErrors) {}

    /**
     * What was counted since the start.
     *
     * @param retries failed operations that were queued again
     * @param queueFull items that found no place in the queue and were left for later
     * @param evicted failed operations that were forgotten because too many failed
     * @param lostRemovals times that removals could not be remembered, because of the disk or their number
     */
    public record Totals(long pinned, long pinFailures, long unpinned, long unpinFailures, long retries,
            long queueFull, long evicted, long comparisons, long failedComparisons, long lostRemovals) {}

    /**
     * The backend.
     *
     * @param compared when the last complete comparison began
     * @param failure why the last comparison failed, if it did
     * @param outage since when and why the backend does not answer, if it does not
     */
    public record Backend(Optional<Instant> compared, Optional<String> failure, Optional<String> outage) {}
}
