package io.pinfold.libp2p.transport;

import java.io.IOException;

/** A connection that came to nothing before it was usable, and why. */
public final class HandshakeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** A failure for {@code reason}; {@code detail} says more to people. */
    public HandshakeException(Reason reason, String detail) {
        super(reason + ": " + detail);
        this.reason = reason;
    }

    /** A failure for {@code reason} that {@code cause} brought about. */
    public HandshakeException(Reason reason, String detail, Throwable cause) {
        super(reason + ": " + detail, cause);
        this.reason = reason;
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }

    /** Why a handshake fails. */
    public enum Reason {
        /** The other side speaks none of the protocols that we propose. */
        NO_COMMON_PROTOCOL,
        /** A message that the protocol does not allow at this point, or that does not parse. */
        MALFORMED,
        /** The other side closed the link in the midst of it. */
        TRUNCATED,
        /** A message longer than its bound. */
        TOO_LONG,
        /** More proposals than the bound. */
        TOO_MANY,
        /** A message whose authentication tag does not hold. */
        TAMPERED,
        /** A public key that makes the shared secret zero. */
        WEAK_KEY,
        /** An identity key of a type that we do not verify. */
        KEY_TYPE_UNSUPPORTED,
        /** The identity key did not sign the static key. */
        BAD_SIGNATURE,
        /** The other side is not in our private network: it has another pre-shared key, or none. */
        WRONG_NETWORK,
        /** The other side is not the peer that was dialled. */
        WRONG_PEER,
        /** The other side is this host itself. */
        SELF,
        /** The handshake did not end in time. */
        TIMEOUT,
        /** A bound on connections is reached. */
        LIMIT,
        /** The link broke. */
        LINK
    }
}
