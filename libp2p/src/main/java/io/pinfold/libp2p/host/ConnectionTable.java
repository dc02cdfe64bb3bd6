package io.pinfold.libp2p.host;

import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The open connections, by peer, within their bounds; tells when a peer's first one comes and its last one goes.
 *
 * <p>Thread-safe; the order of arrivals and departures is that of the calls.
 */
final class ConnectionTable {

    private final HostConfig.Connections limits;
    private final PeerEvents events;
    private final Map<PeerId, List<PeerConnection>> byPeer = new HashMap<>();
    private final InboundGate inbound;
    private int count;
    private boolean closed;

    ConnectionTable(HostConfig.Connections limits, PeerEvents events) {
        this.limits = limits;
        this.events = events;
        inbound = new InboundGate(limits.max(), limits.maxPerIp());
    }

    /** Whether there is room for another connection at all. */
    synchronized boolean hasRoom() {
        return !closed && count < limits.max();
    }

    /** Adds a connection; false if a bound does not allow for it. */
    synchronized boolean add(PeerConnection connection) {
        List<PeerConnection> known = byPeer.getOrDefault(connection.peer(), List.of());
        if (!hasRoom() || known.size() >= limits.maxPerPeer()) {
            return false;
        }
        if (!connection.info().outbound() && !inbound.enter(connection.group())) {
            return false;
        }
        byPeer.computeIfAbsent(connection.peer(), _ -> new ArrayList<>()).add(connection);
        count++;
        if (known.isEmpty()) {
            events.connected(connection.peer());
        }
        return true;
    }

    /** Removes a connection that has ended. */
    synchronized void remove(PeerConnection connection) {
        List<PeerConnection> known = byPeer.get(connection.peer());
        if (known == null || !known.remove(connection)) {
            return;
        }
        count--;
        if (!connection.info().outbound()) {
            inbound.leave(connection.group());
        }
        if (known.isEmpty()) {
            byPeer.remove(connection.peer());
            events.disconnected(connection.peer());
        }
    }

    /** The connection to {@code peer} that streams are best opened on: open, and the newest. */
    synchronized Optional<PeerConnection> best(PeerId peer) {
        return byPeer.getOrDefault(peer, List.of())
                .stream()
                .filter(PeerConnection::isOpen)
                .max(Comparator.comparing(connection -> connection.info().since()));
    }

    synchronized Set<PeerId> peers() {
        return Set.copyOf(byPeer.keySet());
    }

    synchronized List<PeerConnection> of(PeerId peer) {
        return List.copyOf(byPeer.getOrDefault(peer, List.of()));
    }

    synchronized List<ConnectionInfo> infos(PeerId peer) {
        return of(peer).stream().map(PeerConnection::info).toList();
    }

    synchronized List<PeerConnection> all() {
        return byPeer.values().stream().flatMap(List::stream).toList();
    }

    synchronized int size() {
        return count;
    }

    /** Takes no more connections. */
    synchronized void close() {
        closed = true;
    }
}
