package io.pinfold.follower.tracker.operation;

/** What an operation brings about at the backend. */
public enum OperationType {

    /** The content is held. */
    PIN,
    /** Our pin is gone. */
    UNPIN;

    /** The other one. */
    public OperationType opposite() {
        return this == PIN ? UNPIN : PIN;
    }
}
