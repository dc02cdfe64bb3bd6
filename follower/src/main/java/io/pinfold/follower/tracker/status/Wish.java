package io.pinfold.follower.tracker.status;

/** What the pinset and this peer's duty want of a CID here. */
public enum Wish {

    /** It is not in the pinset. */
    ABSENT,
    /** This peer is to hold it. */
    HOLD,
    /** Other peers are to hold it. */
    REMOTE,
    /** It stands for sharded content and is held by no backend itself. */
    SHARDED,
    /** This peer is to hold it, and does not because its disk budget is used up. */
    OVER_BUDGET
}
