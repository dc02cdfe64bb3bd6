package io.pinfold.libp2p.sim;

import io.pinfold.libp2p.AddressBook;
import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.DialResult.Attempt;
import io.pinfold.libp2p.DialResult.Reason;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.HostListener;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.StreamHandler;
import io.pinfold.libp2p.host.BoundedAddressBook;
import io.pinfold.libp2p.host.PeerEvents;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A host of a {@link SimNetwork}.
 *
 * <p>At most one connection joins two hosts; identification follows at once, and again whenever a handler is added or
 * removed.
 */
public final class SimHost implements Host {

    private final SimNetwork network;
    private final PrivateKey key;
    private final Multiaddr address;
    private final BoundedAddressBook book;
    private final PeerEvents events;
    private final Map<String, StreamHandler> handlers = new ConcurrentHashMap<>();
    private final Map<PeerId, SimConnection> connections = new HashMap<>();
    private final Map<PeerId, Set<String>> protections = new ConcurrentHashMap<>();
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closed;

    SimHost(SimNetwork network, PrivateKey key, Multiaddr address) {
        this.network = network;
        this.key = key;
        this.address = address;
        book = new BoundedAddressBook(network.clock(), BoundedAddressBook.Limits.DEFAULT);
        events = new PeerEvents(key.peerId().toString());
    }

    /** The key behind {@link #id}. */
    public PrivateKey key() {
        return key;
    }

    /** The tags that protect {@code peer}. */
    public Set<String> protections(PeerId peer) {
        return Set.copyOf(protections.getOrDefault(peer, Set.of()));
    }

    @Override
    public PeerId id() {
        return key.peerId();
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return List.of(address);
    }

    @Override
    public DialResult connect(PeerId peer, List<Multiaddr> addresses, Duration timeout) {
        SimConnection existing = connection(peer);
        if (existing != null) {
            return new DialResult.Connected(info(peer, existing));
        }
        Set<Multiaddr> all = new LinkedHashSet<>(addresses);
        all.addAll(book.addresses(peer));
        List<Attempt> attempts = new ArrayList<>();
        for (Multiaddr candidate : all) {
            SimHost other = network.at(candidate).orElse(null);
            if (closed) {
                attempts.add(new Attempt(candidate, Reason.CLOSED, "this host is closed"));
            } else if (other == null || other.closed) {
                attempts.add(new Attempt(candidate, Reason.REFUSED, "nobody listens there"));
            } else if (network.isCut(this, other)) {
                attempts.add(new Attempt(candidate, Reason.TIMEOUT, "the link is cut"));
            } else if (other == this || !other.id().equals(peer)) {
                attempts.add(new Attempt(candidate, Reason.WRONG_PEER, "it is " + other.id()));
            } else {
                return new DialResult.Connected(info(peer, join(other)));
            }
        }
        return new DialResult.Failed(attempts);
    }

    @Override
    public OpenResult open(PeerId peer, List<String> protocols, Duration timeout) {
        SimConnection connection = connection(peer);
        if (connection == null) {
            if (connect(peer, List.of(), timeout) instanceof DialResult.Failed failed) {
                return new OpenResult.Unreachable(failed);
            }
            connection = connection(peer);
        }
        if (connection == null) {
            return new OpenResult.Failed("disconnected at once");
        }
        SimHost other = connection.other(this);
        for (String protocol : protocols) {
            StreamHandler handler = other.handlers.get(protocol);
            if (handler != null) {
                return open(connection, other, protocol, handler);
            }
        }
        return new OpenResult.Unsupported(protocols);
    }

    private OpenResult open(SimConnection connection, SimHost other, String protocol, StreamHandler handler) {
        SimStream ours = new SimStream(other.id(), protocol, new SimPipe(SimPipe.CAPACITY),
                new SimPipe(SimPipe.CAPACITY));
        if (!connection.add(ours)) {
            return new OpenResult.Failed("disconnected");
        }
        try {
            other.tasks.execute(() -> serve(connection, ours, ours.opposite(id()), handler));
        } catch (RejectedExecutionException e) {
            return new OpenResult.Failed("the peer is closed");
        }
        return new OpenResult.Opened(ours);
    }

    private static void serve(SimConnection connection, SimStream key, SimStream stream, StreamHandler handler) {
        boolean done = false;
        try {
            handler.handle(stream);
            done = true;
        } catch (IOException e) {
            // the stream is reset below, which is all that the contract asks
        } finally {
            if (done) {
                stream.close();
            } else {
                stream.reset();
                connection.remove(key);
            }
        }
    }

    @Override
    public void handle(String protocol, StreamHandler handler) {
        handlers.put(protocol, handler);
        announceProtocols();
    }

    @Override
    public void unhandle(String protocol) {
        handlers.remove(protocol);
        announceProtocols();
    }

    private void announceProtocols() {
        for (PeerId peer : connectedPeers()) {
            SimConnection connection = connection(peer);
            if (connection != null) {
                connection.other(this).events.identified(id());
            }
        }
    }

    @Override
    public Set<PeerId> connectedPeers() {
        synchronized (connections) {
            return Set.copyOf(connections.keySet());
        }
    }

    @Override
    public List<ConnectionInfo> connections(PeerId peer) {
        SimConnection connection = connection(peer);
        return connection == null ? List.of() : List.of(info(peer, connection));
    }

    @Override
    public Set<String> protocols(PeerId peer) {
        SimConnection connection = connection(peer);
        return connection == null ? Set.of() : Set.copyOf(connection.other(this).handlers.keySet());
    }

    @Override
    public AddressBook addressBook() {
        return book;
    }

    @Override
    public void disconnect(PeerId peer) {
        SimConnection connection = connection(peer);
        if (connection != null) {
            SimHost other = connection.other(this);
            connection.close();
            forget(peer, connection);
            other.forget(id(), connection);
        }
    }

    @Override
    public void protect(PeerId peer, String tag) {
        protections.computeIfAbsent(peer, _ -> ConcurrentHashMap.newKeySet()).add(tag);
    }

    @Override
    public void unprotect(PeerId peer, String tag) {
        protections.getOrDefault(peer, new LinkedHashSet<>()).remove(tag);
    }

    @Override
    public void addListener(HostListener listener) {
        events.add(listener);
    }

    @Override
    public void close() {
        closed = true;
        network.remove(this);
        connectedPeers().forEach(this::disconnect);
        tasks.shutdownNow();
        tasks.close();
        events.close();
    }

    private SimConnection join(SimHost other) {
        synchronized (network) {
            SimConnection existing = connection(other.id());
            if (existing != null) {
                return existing;
            }
            SimConnection made = new SimConnection(this, other, network.clock().instant());
            remember(other.id(), made);
            other.remember(id(), made);
            return made;
        }
    }

    private void remember(PeerId peer, SimConnection connection) {
        synchronized (connections) {
            connections.put(peer, connection);
        }
        events.connected(peer);
        events.identified(peer);
    }

    private void forget(PeerId peer, SimConnection connection) {
        boolean removed;
        synchronized (connections) {
            removed = connections.remove(peer, connection);
        }
        if (removed) {
            events.disconnected(peer);
        }
    }

    private @Nullable SimConnection connection(PeerId peer) {
        synchronized (connections) {
            return connections.get(peer);
        }
    }

    private ConnectionInfo info(PeerId peer, SimConnection connection) {
        return new ConnectionInfo(peer, connection.other(this).address, connection.dialledBy(this), connection.since());
    }
}
