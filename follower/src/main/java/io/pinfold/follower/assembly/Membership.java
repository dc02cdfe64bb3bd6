package io.pinfold.follower.assembly;

import io.pinfold.follower.config.ClusterConfig;
import io.pinfold.follower.config.PinningConfig;
import io.pinfold.follower.peers.Bootstrapper;
import io.pinfold.follower.peers.KnownPeersFile;
import io.pinfold.follower.peers.MemberDirectory;
import io.pinfold.follower.peers.NodeConnector;
import io.pinfold.follower.peers.NodeIdentityCache;
import io.pinfold.follower.peers.PeerRegistry;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Who else takes part: finding them, asking who they are, and connecting the IPFS nodes. */
final class Membership implements AutoCloseable {

    private static final Duration BOOTSTRAP_PAUSE = Duration.ofSeconds(5);
    private static final Duration SAVE_PAUSE = Duration.ofMinutes(1);

    final PeerRegistry registry;
    final MemberDirectory directory;
    final NodeIdentityCache node;
    private final NodeConnector connector;
    private final Bootstrapper bootstrapper;
    private final Rounds rounds = new Rounds();

    private Membership(PeerRegistry registry, MemberDirectory directory, NodeIdentityCache node,
            NodeConnector connector, Bootstrapper bootstrapper) {
        this.registry = registry;
        this.directory = directory;
        this.node = node;
        this.connector = connector;
        this.bootstrapper = bootstrapper;
    }

    /** The members of {@code cluster}; nobody is asked yet. */
    static Membership open(Network network, IpfsNode node, Cid cluster, String version, ClusterConfig config,
            Predicate<PeerId> trusted, KnownPeersFile known, InstantSource clock) {
        var registry = new PeerRegistry(network.host, network.client, cluster);
        var self = new MemberDirectory.Self(cluster, config.peername(), version, config.announce());
        var identity = new NodeIdentityCache(node, clock);
        var directory = new MemberDirectory(network.host, registry, identity, self);
        var connector = new NodeConnector(node, network.host, trusted, clock);
        return new Membership(registry, directory, identity, connector, new Bootstrapper(network.host, known,
                config.lowWater(), config.dialTimeout(), new SecureRandom()));
    }

    /**
     * Begins.
     *
     * @param bootstrap addresses of peers, with {@code /p2p/}
     * @param nodes addresses of IPFS nodes that the template names, with {@code /p2p/}
     */
    void start(List<Multiaddr> bootstrap, List<Multiaddr> nodes, PinningConfig pinning, Duration watchInterval) {
        if (pinning.connectSwarms()) {
            registry.addListener(connector);
            rounds.every("node-connect", pinning.connectInterval(), () -> connectNodes(nodes));
        }
        registry.start();
        bootstrapper.learn(bootstrap);
        rounds.every("bootstrap", BOOTSTRAP_PAUSE, bootstrapper::round);
        rounds.every("peer-watch", watchInterval, registry::refresh);
        rounds.every("known-peers", SAVE_PAUSE, bootstrapper::save);
    }

    /** This peer and those that it knows, as candidates for holding pins. */
    List<PeerId> members(PeerId self) {
        List<PeerId> members = new ArrayList<>(registry.cards().keySet());
        members.add(self);
        return members;
    }

    @Override
    public void close() {
        rounds.close();
        bootstrapper.save();
        bootstrapper.close();
        registry.close();
        connector.close();
    }

    private void connectNodes(List<Multiaddr> nodes) {
        for (Multiaddr address : nodes) {
            address.peerId().ifPresent(id -> connector.connect(id, List.of(address)));
        }
        registry.cards().forEach(connector::card);
    }
}
