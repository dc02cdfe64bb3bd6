package io.pinfold.libp2p;

import java.io.IOException;

/** The stream was reset, by the peer, by us, or because its connection ended. */
public final class StreamResetException extends IOException {

    private static final long serialVersionUID = 1L;

    /** A reset for the reason that {@code message} tells. */
    public StreamResetException(String message) {
        super(message);
    }
}
