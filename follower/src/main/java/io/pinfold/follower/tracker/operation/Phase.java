package io.pinfold.follower.tracker.operation;

/** How far an operation has come; {@link Operation#on} makes every transition. */
public enum Phase {

    /** It waits for a worker. */
    QUEUED,
    /** A worker is at it. */
    IN_PROGRESS,
    /** It succeeded; an operation that is done is forgotten. */
    DONE,
    /** Its last attempt failed; it waits for its next try, if it has one. */
    ERROR
}
