package io.pinfold.follower.peers;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.limit.ForwardClock;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects our IPFS node to those of the peers that we know, so that content is found without a DHT.
 *
 * <p>A stranger must not be able to turn our node against a third party: the addresses that an untrusted peer claims for its
 * node are used only if they are at the very host that the peer itself is connected from. A node that was reached is dialled
 * again after {@link #RETRY}, one that was not with the next card.
 */
public final class NodeConnector implements PeerRegistry.Listener, AutoCloseable {

    /** Time after which a node that was reached is dialled again, in case the connection is gone. */
    public static final Duration RETRY = Duration.ofMinutes(2);
    /** Most addresses of one node that are tried. */
    public static final int MAX_DIALS = 4;

    private static final Logger log = LoggerFactory.getLogger(NodeConnector.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final IpfsNode node;
    private final Host host;
    private final Predicate<PeerId> trusted;
    private final InstantSource clock;
    private final Map<PeerId, Instant> dialled = new ConcurrentHashMap<>();
    private final TaskGroup tasks = new TaskGroup("node-connect");

    /** A connector of {@code node}; {@code trusted} says whose claims are believed. */
    public NodeConnector(IpfsNode node, Host host, Predicate<PeerId> trusted, InstantSource clock) {
        this.node = node;
        this.host = host;
        this.trusted = trusted;
        this.clock = ForwardClock.of(clock);
    }

    @Override
    public void card(PeerId peer, PeerCard card) {
        card.node().ifPresent(theirs -> {
            List<Multiaddr> addresses = theirs.addresses()
                    .stream()
                    .filter(address -> trusted.test(peer) || atHostOf(peer, address))
                    .limit(MAX_DIALS)
                    .toList();
            connect(theirs.id(), addresses);
        });
    }

    /** Connects to the node {@code id}, unless that was tried lately. */
    public void connect(PeerId id, List<Multiaddr> addresses) {
        Instant now = clock.instant();
        dialled.values().removeIf(last -> !now.isBefore(last.plus(RETRY)));
        if (addresses.isEmpty() || dialled.size() >= PeerRegistry.MAX_CARDS || dialled.putIfAbsent(id, now) != null) {
            return;
        }
        tasks.run(() -> {
            if (addresses.stream().noneMatch(address -> connected(id, address))) {
                dialled.remove(id);
            }
        });
    }

    /** Ends dialling. */
    @Override
    public void close() {
        tasks.close();
    }

    private boolean connected(PeerId id, Multiaddr address) {
        return switch (node.connect(address.withoutPeer().withPeer(id), TIMEOUT)) {
            case Answer.Got<PeerId> _ -> {
                log.info("the IPFS node is connected to {} at {}", id, address);
                yield true;
            }
            case Answer.Failed<PeerId>(var failure) -> {
                log.debug("the IPFS node cannot connect to {} at {}: {}", id, address, failure);
                yield false;
            }
        };
    }

    private boolean atHostOf(PeerId peer, Multiaddr address) {
        Set<String> hosts = host.connections(peer)
                .stream()
                .map(ConnectionInfo::remoteAddress)
                .map(NodeConnector::hostOf)
                .collect(Collectors.toSet());
        String claimed = hostOf(address);
        return !claimed.isEmpty() && hosts.contains(claimed);
    }

    private static String hostOf(Multiaddr address) {
        return address.value(Protocol.IP4).or(() -> address.value(Protocol.IP6)).orElse("");
    }
}
