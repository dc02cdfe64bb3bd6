package io.pinfold.libp2p;

import io.pinfold.multiformats.Multiaddr;
import java.util.List;

/** What became of an attempt to connect to a peer. */
public sealed interface DialResult {

    /** A connection is open. */
    record Connected(ConnectionInfo connection) implements DialResult {}

    /** No address led to the peer; one attempt for each address that was tried, none if no address was known. */
    record Failed(List<Attempt> attempts) implements DialResult {

        public Failed {
            attempts = List.copyOf(attempts);
        }
    }

    /** One address that was tried, and why it did not lead to the peer. */
    record Attempt(Multiaddr address, Reason reason, String detail) {}

    /** Why an address did not lead to the peer. */
    enum Reason {
        /** The address has no transport that this host speaks, or names another peer. */
        UNSUPPORTED_ADDRESS,
        /** Nobody listens there. */
        REFUSED,
        /** No answer, or a handshake that did not end, in time. */
        TIMEOUT,
        /** The other side does not speak our security or multiplexing protocols, or broke them. */
        HANDSHAKE,
        /** The other side is not in our private network. */
        WRONG_NETWORK,
        /** Somebody else answered than the address says. */
        WRONG_PEER,
        /** A recent attempt failed; the next is due later. */
        BACK_OFF,
        /** A bound of this host is reached. */
        LIMIT,
        /** This host is closing. */
        CLOSED
    }
}
