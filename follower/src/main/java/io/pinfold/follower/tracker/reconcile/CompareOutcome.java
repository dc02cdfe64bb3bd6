package io.pinfold.follower.tracker.reconcile;

import java.time.Instant;

/** How a comparison of pinset and backend ended. */
public sealed interface CompareOutcome {

    /**
     * It went through.
     *
     * @param began when the backend's list was asked for
     * @param wanted pins of the pinset that this peer is to hold
     * @param held those of them that the backend held
     * @param surplus pins at the backend that are not wanted, whoever made them
     */
    record Complete(Instant began, long wanted, long held, long surplus) implements CompareOutcome {}

    /** It did not, and proves nothing. */
    record Failed(Cause cause, String detail) implements CompareOutcome {}

    /** What kept a comparison from going through. */
    enum Cause {
        /** The backend did not give its whole list. */
        BACKEND,
        /** The disk that is sorted on is full or broken. */
        DISK,
        /** The list did not go on, or the tracker was closed. */
        INTERRUPTED
    }
}
