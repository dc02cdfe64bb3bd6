package io.pinfold.rpc.server;

import java.io.IOException;

/** Nothing more can be sent to the caller. */
public final class AnswerStoppedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why nothing more can be sent. */
    public enum Reason {
        /** The caller went away. */
        CALLER_GONE,
        /** The deadline passed. */
        DEADLINE,
        /** The budget of outgoing bytes would not allow the item before the deadline. */
        BUDGET,
        /** The handler sent more than its line of the table allows. */
        OVER_BOUND
    }

    AnswerStoppedException(Reason reason) {
        super("answer stopped: " + reason);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
