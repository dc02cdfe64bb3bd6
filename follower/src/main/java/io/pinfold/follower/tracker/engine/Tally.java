package io.pinfold.follower.tracker.engine;

/** What is only ever counted; guarded by the tracker's lock. */
final class Tally {

    long pinned;
    long pinFailures;
    long unpinned;
    long unpinFailures;
    long retries;
    long queueFull;
    long evicted;
    long comparisons;
    long failedComparisons;
    long lostRemovals;
    /** Pins of the pinset that are not wanted here, as of the last comparison. */
    long notWanted;
}
