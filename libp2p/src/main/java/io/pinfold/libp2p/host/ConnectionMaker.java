package io.pinfold.libp2p.host;

import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.DialResult.Attempt;
import io.pinfold.libp2p.DialResult.Reason;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.Link;
import io.pinfold.libp2p.transport.Resolver;
import io.pinfold.libp2p.transport.TcpDialer;
import io.pinfold.libp2p.transport.Upgraded;
import io.pinfold.libp2p.transport.Upgrader;
import io.pinfold.libp2p.yamux.YamuxSession;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes connections: a link, the handshakes on it, a session, a place in the table.
 *
 * <p>Inbound ones pass a gate first, so that strangers who do not finish their handshakes hold few places, each not for
 * long.
 */
final class ConnectionMaker implements Dialer.Attempter {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionMaker.class);

    private final HostConfig config;
    private final Upgrader upgrader;
    private final Resolver resolver;
    private final ConnectionTable table;
    private final StreamServer server;
    private final InstantSource clock;
    private final HostMetrics metrics;
    private final MemoryBudget memory;
    private final Consumer<PeerConnection> made;
    private final Consumer<PeerConnection> ended;
    private final InboundGate gate;

    /** Who is told of connections, on threads that must not be held up. */
    record Sinks(Consumer<PeerConnection> made, Consumer<PeerConnection> ended) {}

    ConnectionMaker(HostConfig config, HostRuntime runtime, Upgrader upgrader, Resolver resolver, ConnectionTable table,
            StreamServer server, Sinks sinks) {
        this.config = config;
        this.upgrader = upgrader;
        this.resolver = resolver;
        this.table = table;
        this.server = server;
        clock = runtime.clock();
        metrics = runtime.metrics();
        memory = new MemoryBudget(config.streams().buffered());
        made = sinks.made();
        ended = sinks.ended();
        gate = new InboundGate(config.handshakes().inbound(), config.handshakes().inboundPerIp());
    }

    @Override
    public Dialer.Outcome attempt(PeerId peer, Multiaddr address, Deadline deadline) {
        if (!TcpDialer.dials(address) || address.peerId().filter(named -> !named.equals(peer)).isPresent()) {
            return missed(address, Reason.UNSUPPORTED_ADDRESS, "not a TCP address of this peer");
        }
        if (!table.hasRoom()) {
            return missed(address, Reason.LIMIT, "too many connections are open");
        }
        try {
            return reach(peer, address, deadline);
        } catch (HandshakeException e) {
            metrics.count("handshake_out", e.reason());
            return missed(address, reason(e), String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return missed(address, Reason.REFUSED, "no such host");
        } catch (SocketTimeoutException e) {
            return missed(address, Reason.TIMEOUT, "nobody answers");
        } catch (ConnectException | NoRouteToHostException e) {
            return missed(address, Reason.REFUSED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return missed(address, Reason.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private Dialer.Outcome reach(PeerId peer, Multiaddr address, Deadline deadline) throws IOException {
        Link link = connect(address, deadline);
        Duration left = min(deadline.left(), config.handshakes().timeout());
        Upgraded upgraded = upgrader.outbound(link, peer, left);
        Optional<PeerConnection> connection = admit(link, upgraded, address.withoutPeer(), true);
        return connection.isPresent()
                ? new Dialer.Outcome.Reached(connection.get())
                : missed(address, Reason.LIMIT, "too many connections are open");
    }

    private Link connect(Multiaddr address, Deadline deadline) throws IOException {
        IOException failure = new UnknownHostException("no address");
        for (InetAddress ip : resolver.resolve(address, deadline)) {
            try {
                return TcpDialer.dial(address, ip, deadline);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** Whether an inbound link may begin its handshake; if so, {@link #welcome} has to follow. */
    boolean lets(Link link) {
        if (!table.hasRoom()) {
            metrics.count("inbound_refused_full");
            return false;
        }
        if (!gate.enter(IpGroup.of(link.remoteAddress()))) {
            metrics.count("inbound_refused_handshakes");
            return false;
        }
        return true;
    }

    /** Does an inbound link's handshake, and whatever becomes of it gives its place back. */
    void welcome(Link link) {
        try {
            Upgraded upgraded = upgrader.inbound(link, config.handshakes().timeout());
            admit(link, upgraded, link.remoteAddress(), false);
        } catch (HandshakeException e) {
            metrics.count("handshake_in", e.reason());
            LOG.debug("No handshake with {}: {}", link.remoteAddress(), e.getMessage());
        } finally {
            gate.leave(IpGroup.of(link.remoteAddress()));
        }
    }

    private Optional<PeerConnection> admit(Link link, Upgraded upgraded, Multiaddr address, boolean outbound) {
        PeerId peer = upgraded.remoteKey().peerId();
        Semaphore places = new Semaphore(config.connections().yamux().maxInboundStreams());
        YamuxSession session = new YamuxSession(peer.toString(), outbound,
                new YamuxSession.Link(upgraded.input(), upgraded.output(), link::close), config.connections().yamux(),
                memory, metrics);
        PeerConnection connection = new PeerConnection(
                new ConnectionInfo(peer, address, outbound, clock.instant()), link.localAddress(), session);
        if (!table.add(connection)) {
            metrics.count("connections_refused");
            link.close();
            return Optional.empty();
        }
        metrics.count(outbound ? "connections_out" : "connections_in");
        session.start(stream -> server.serve(connection, stream, places), reason -> {
            LOG.debug("Connection to {} ended: {}", peer, reason);
            metrics.count("connections_ended");
            table.remove(connection);
            ended.accept(connection);
        });
        made.accept(connection);
        return Optional.of(connection);
    }

    private static Reason reason(HandshakeException e) {
        return switch (e.reason()) {
            case WRONG_PEER, SELF -> Reason.WRONG_PEER;
            case WRONG_NETWORK -> Reason.WRONG_NETWORK;
            case TIMEOUT -> Reason.TIMEOUT;
            case LIMIT -> Reason.LIMIT;
            default -> Reason.HANDSHAKE;
        };
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Dialer.Outcome missed(Multiaddr address, Reason reason, String detail) {
        return new Dialer.Outcome.Missed(new Attempt(address, reason, detail));
    }
}
