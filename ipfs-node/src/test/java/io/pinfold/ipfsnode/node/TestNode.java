package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.ipns.PeerRecords;
import io.pinfold.ipfsnode.testing.InMemoryBlockstore;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.host.HostRuntime;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.pubsub.gossip.GossipConfig;
import io.pinfold.libp2p.pubsub.gossip.GossipSub;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.key.PrivateKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** An embedded node with a host of its own on loopback. */
public final class TestNode implements AutoCloseable {

    final EmbeddedNode node;
    final TcpHost host;
    private final GossipSub gossip;

    /** Opens it in {@code folder}. */
    public TestNode(Path folder, EmbeddedNodeConfig config) {
        var random = new SecureRandom();
        PrivateKey key = PrivateKey.generate(random);
        try {
            host = new TcpHost(key, HostConfig.DEFAULT.withListen(List.of(
                    Multiaddr.parse("/ip4/127.0.0.1/tcp/0").orElseThrow())), HostRuntime.system());
        } catch (ListenException e) {
            throw new AssertionError(e);
        }
        gossip = GossipSub.start(host, key, GossipConfig.DEFAULT, InstantSource.system(), random, Thread::sleep,

                _ -> {});
        BlockReader nothing = new InMemoryBlockstore();
        node = switch (EmbeddedNode
                .open(new NodeSurroundings(folder, key, host, Optional.of(gossip), PeerRecords.NONE, nothing,
                        "pinfold/test", InstantSource.system(), random), config)) {
            case NodeOpening.Open(EmbeddedNode open) -> open;
            case NodeOpening other -> throw new AssertionError(other.toString());
        };
    }

    /** The node. */
    public EmbeddedNode node() {
        return node;
    }

    /** Where others reach it. */
    public Multiaddr address() {
        return host.listenAddresses().getFirst().withPeer(host.id());
    }

    @Override
    public void close() {
        node.close();
        gossip.close();
        host.close();
    }
}
