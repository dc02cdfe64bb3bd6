package io.pinfold.follower.assembly;

import io.pinfold.follower.adding.NodeAdding;
import io.pinfold.follower.config.folder.SwarmKeyFile;
import io.pinfold.follower.view.AddOperations;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.VersionCheck;
import io.pinfold.ipfsnode.NoBlocks;
import io.pinfold.ipfsnode.ipns.PeerRecords;
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
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
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
 * An embedded IPFS node where no peer runs: for looking something up, with a key and a folder of its own that go away with it, or in a
 * peer's folder. It is deaf to calls from outside.
 */
public final class StandaloneNode implements NodeHolder, AutoCloseable {

    private final Optional<Path> temporary;
    private final TcpHost host;
    private final GossipSub gossip;
    private final EmbeddedNode node;

    private StandaloneNode(Optional<Path> temporary, TcpHost host, GossipSub gossip, EmbeddedNode node) {
        this.temporary = temporary;
        this.host = host;
        this.gossip = gossip;
        this.node = node;
    }

    /** What came of opening a node in a peer's folder. */
    public sealed interface InFolder {

        /** It is open; its opener closes it. */
        record Opened(StandaloneNode node) implements InFolder {}

        /** Its files cannot be used, in words for people. */
        record Unusable(String detail) implements InFolder {}
    }

    /**
     * Opens a node.
     *
     * @param network the file with the key of the private network that it is to be in, if it is there
     * @throws IOException if there is no room for its folder, or that file cannot be used
     */
    public static StandaloneNode open(String version, EmbeddedNodeConfig config, SwarmKeyFile network,
            InstantSource clock) throws IOException {
        Path folder = Files.createTempDirectory("pinfold-ipfs");
        PrivateKey key = PrivateKey.generate(new SecureRandom());
        return switch (open(folder, Optional.of(folder), key, network, version, config, clock)) {
            case InFolder.Opened(StandaloneNode opened) -> opened;
            case InFolder.Unusable(String detail) -> {
                delete(folder);
                throw new IOException("an IPFS node cannot be opened in " + folder + ": " + detail);
            }
        };
    }

    /** Opens the node of the peer whose folder is {@code folder}, which the caller has locked, and whose key is {@code key}. */
    public static InFolder openIn(Path folder, PrivateKey key, String version, EmbeddedNodeConfig config,
            InstantSource clock) {
        return open(new PeerFiles(folder).ipfs(), Optional.empty(), key, SwarmKeyFile.in(folder), version, config,
                clock);
    }

    private static InFolder open(Path folder, Optional<Path> temporary, PrivateKey key, SwarmKeyFile network,
            String version, EmbeddedNodeConfig config, InstantSource clock) {
        HostConfig hostConfig;
        switch (network.within(HostConfig.DEFAULT.withListen(List.of()))) {
            case Decoded.Ok<HostConfig>(HostConfig deaf) -> hostConfig = deaf;
            case Decoded.Refused<HostConfig>(Refusal refusal) -> {
                return new InFolder.Unusable(refusal.detail());
            }
        }
        var random = new SecureRandom();
        TcpHost host;
        try {
            host = new TcpHost(key, hostConfig, HostRuntime.system());
        } catch (ListenException e) {
            throw new IllegalStateException("it does not listen", e);
        }
        GossipSub gossip = GossipSub.start(host, key, GossipConfig.DEFAULT, clock, random, Thread::sleep, _ -> {});
        var with = new NodeSurroundings(folder, key, host, Optional.of(gossip), PeerRecords.NONE, NoBlocks.INSTANCE,
                VersionCheck.OWN + version, clock, random);
        NodeOpening opening = EmbeddedNode.open(with, config);
        if (opening instanceof NodeOpening.Open(EmbeddedNode node)) {
            return new InFolder.Opened(new StandaloneNode(temporary, host, gossip, node));
        }
        gossip.close();
        host.close();
        return new InFolder.Unusable(opening instanceof NodeOpening.Failed(String detail)
                ? detail
                : folder + " is in use by another process");
    }

    /** The node. */
    public IpfsNode node() {
        return node;
    }

    @Override
    public Optional<NodeView> inside() {
        return Optional.of(node.view());
    }

    @Override
    public AddOperations adding() {
        return NodeAdding.toNodeOnly(node);
    }

    /** Ends it; a folder of its own is removed. */
    @Override
    public void close() {
        node.close();
        gossip.close();
        host.close();
        temporary.ifPresent(StandaloneNode::delete);
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
