package io.pinfold.follower.assembly;

import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.VersionCheck;
import io.pinfold.ipfsnode.NoBlocks;
import io.pinfold.ipfsnode.node.EmbeddedNode;
import io.pinfold.ipfsnode.node.EmbeddedNodeConfig;
import io.pinfold.ipfsnode.node.NodeOpening;
import io.pinfold.ipfsnode.node.NodeSurroundings;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.host.HostRuntime;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.pubsub.gossip.GossipConfig;
import io.pinfold.libp2p.pubsub.gossip.GossipSub;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An embedded IPFS node for looking something up where no peer runs: with a key and a folder of its own that go away with it, and
 * deaf to calls from outside.
 */
public final class StandaloneNode implements NodeHolder, AutoCloseable {

    private final Path folder;
    private final TcpHost host;
    private final GossipSub gossip;
    private final EmbeddedNode node;

    private StandaloneNode(Path folder, TcpHost host, GossipSub gossip, EmbeddedNode node) {
        this.folder = folder;
        this.host = host;
        this.gossip = gossip;
        this.node = node;
    }

    /**
     * Opens a node.
     *
     * @throws IOException if there is no room for its folder
     */
    public static StandaloneNode open(String version, EmbeddedNodeConfig config, InstantSource clock)
            throws IOException {
        Path folder = Files.createTempDirectory("pinfold-ipfs");
        var random = new SecureRandom();
        PrivateKey key = PrivateKey.generate(random);
        TcpHost host;
        try {
            host = new TcpHost(key, HostConfig.DEFAULT.withListen(List.of()), HostRuntime.system());
        } catch (ListenException e) {
            throw new IllegalStateException("it does not listen", e);
        }
        GossipSub gossip = GossipSub.start(host, key, GossipConfig.DEFAULT, clock, random, Thread::sleep, _ -> {});
        var with = new NodeSurroundings(folder, key, host, Optional.of(gossip), NoBlocks.INSTANCE,
                VersionCheck.OWN + version, clock, random);
        if (EmbeddedNode.open(with, config) instanceof NodeOpening.Open(EmbeddedNode node)) {
            return new StandaloneNode(folder, host, gossip, node);
        }
        gossip.close();
        host.close();
        delete(folder);
        throw new IOException("an IPFS node cannot be opened in " + folder);
    }

    /** The node. */
    public IpfsNode node() {
        return node;
    }

    @Override
    public Optional<NodeView> inside() {
        return Optional.of(node.view());
    }

    /** Ends it and removes its folder. */
    @Override
    public void close() {
        node.close();
        gossip.close();
        host.close();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
