package io.pinfold.libp2p.host;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.DialResult.Attempt;
import io.pinfold.libp2p.DialResult.Reason;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reaches peers: by the connection there is, else by a new one; and opens streams to them. */
final class Connector {

    /** A connection that ends while a stream is opened on it is replaced once. */
    private static final int OPEN_ATTEMPTS = 2;

    private final PeerId self;
    private final ConnectionTable table;
    private final BoundedAddressBook book;
    private final Dialer dialer;
    private final StreamOpener opener;
    private final Identifier identifier;
    private volatile boolean closed;

    Connector(PeerId self, ConnectionTable table, BoundedAddressBook book, Dialer dialer, StreamOpener opener,
            Identifier identifier) {
        this.self = self;
        this.table = table;
        this.book = book;
        this.dialer = dialer;
        this.opener = opener;
        this.identifier = identifier;
    }

    /** Dials nobody any more. */
    void close() {
        closed = true;
    }

    DialResult connect(PeerId peer, List<Multiaddr> addresses, Deadline deadline) {
        Optional<PeerConnection> existing = table.best(peer);
        if (existing.isPresent()) {
            return new DialResult.Connected(existing.get().info());
        }
        Set<Multiaddr> all = new LinkedHashSet<>();
        addresses.forEach(address -> all
                .add(address.peerId().filter(peer::equals).isPresent() ? address.withoutPeer() : address));
        all.addAll(book.addresses(peer));
        if (closed || peer.equals(self)) {
            Reason reason = closed ? Reason.CLOSED : Reason.WRONG_PEER;
            return new DialResult.Failed(
                    all.stream().map(address -> new Attempt(address, reason, "not to be dialled")).toList());
        }
        return dialer.dial(peer, List.copyOf(all), deadline);
    }

    OpenResult open(PeerId peer, List<String> protocols, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        for (int attempt = 1;; attempt++) {
            if (connect(peer, List.of(), deadline) instanceof DialResult.Failed failed) {
                return new OpenResult.Unreachable(failed);
            }
            Optional<PeerConnection> connection = table.best(peer);
            OpenResult result = connection.isEmpty()
                    ? new OpenResult.Failed("the connection ended at once")
                    : opener.open(connection.get(), protocols, identifier.protocols(peer), deadline);
            boolean endedMeanwhile = connection.isEmpty() || !connection.get().isOpen();
            if (!(result instanceof OpenResult.Failed) || !endedMeanwhile || attempt == OPEN_ATTEMPTS) {
                return result;
            }
        }
    }
}
