package io.pinfold.libp2p.yamux;

import java.io.IOException;

/** The other side broke Yamux, or a bound of ours, so that the session ends. */
public final class YamuxException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Violation violation;

    YamuxException(Violation violation, String detail) {
        super(violation + ": " + detail);
        this.violation = violation;
    }

    /** What it did. */
    public Violation violation() {
        return violation;
    }

    /** What ends a session. */
    public enum Violation {
        /** A frame of a version that does not exist. */
        UNKNOWN_VERSION,
        /** A frame of a type that does not exist. */
        UNKNOWN_TYPE,
        /** A stream opened under a number that is ours to give, in use, or the session's. */
        BAD_STREAM,
        /** A frame for one of our streams that we never opened. */
        NEVER_OPENED,
        /** A ping or go-away that names a stream. */
        NOT_THE_SESSION,
        /** More data than the window allows. */
        WINDOW_EXCEEDED,
        /** A window above what 32 bits hold. */
        WINDOW_OVERFLOW,
        /** Streams opened in vain, by reset or above the bound, faster than is allowed. */
        STREAM_STORM,
        /** Frames that want an answer, from a side that does not read answers. */
        ANSWERS_UNREAD,
        /** No sign of life, or nothing of ours taken, for too long. */
        SILENT
    }
}
