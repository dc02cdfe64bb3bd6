package io.pinfold.libp2p;

import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A libp2p peer on the network: it listens, dials, and opens streams to other peers.
 *
 * <p>All methods may be called from any thread; {@link #connect} and {@link #open} block, for at most the given time.
 * Listeners and stream handlers run on virtual threads of their own. {@link #close} returns when every connection,
 * stream handler and listener has ended.
 */
public interface Host extends AutoCloseable {

    /** This peer's identifier. */
    PeerId id();

    /** The addresses that this host listens on, ports resolved, each without a {@code /p2p} part. */
    List<Multiaddr> listenAddresses();

    /**
     * The addresses to tell others: those configured, else those that this host listens on, with the interfaces'
     * addresses in place of unspecified ones.
     */
    default List<Multiaddr> advertisedAddresses() {
        return listenAddresses();
    }

    /**
     * Connects to {@code peer}, trying the given addresses and those known to the address book.
     *
     * <p>An existing connection is reused. A peer that turns out to be another than {@code peer} is a failure.
     */
    DialResult connect(PeerId peer, List<Multiaddr> addresses, Duration timeout);

    /**
     * Opens a stream to {@code peer} that speaks the first of {@code protocols} both sides know, dialling if there is no
     * connection.
     */
    OpenResult open(PeerId peer, List<String> protocols, Duration timeout);

    /** Registers {@code handler} for inbound streams of {@code protocol}; an earlier one is replaced. */
    void handle(String protocol, StreamHandler handler);

    /** Removes the handler of {@code protocol}; running streams go on. */
    void unhandle(String protocol);

    /** The peers that at least one connection is open to. */
    Set<PeerId> connectedPeers();

    /** The open connections to {@code peer}, possibly none. */
    List<ConnectionInfo> connections(PeerId peer);

    /** The protocols that {@code peer} announced by identify; empty before that. */
    Set<String> protocols(PeerId peer);

    /** Addresses known for peers, with their lifetimes. */
    AddressBook addressBook();

    /** Closes every connection to {@code peer}. */
    void disconnect(PeerId peer);

    /** Keeps connections to {@code peer} when the connection manager trims; {@code tag} names the reason. */
    void protect(PeerId peer, String tag);

    /** Takes back one {@link #protect}. */
    void unprotect(PeerId peer, String tag);

    /** Tells {@code listener} of connections and identifications from now on. */
    void addListener(HostListener listener);

    @Override
    void close();
}
