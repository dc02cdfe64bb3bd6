package io.pinfold.follower.tracker.status;

/** What is known of a CID at the backend, while no operation on it is under way. */
public enum Knowledge {

    /** It is held. */
    HELD,
    /** It was held when the backend answered last. */
    REMEMBERED,
    /** It is not held, and nothing waits to change that. */
    MISSING,
    /** It is not held, and there was no place in the queue yet. */
    WAITING,
    /** Nothing yet: the first comparison is still to come. */
    UNCOMPARED,
    /** Nothing: the backend does not answer, or its answer was of no use. */
    UNREADABLE
}
