package io.pinfold.follower.assembly;

import io.pinfold.follower.chain.ChainBlocks;
import io.pinfold.follower.names.ClusterRecords;
import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.Backends;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.VersionCheck;
import io.pinfold.ipfsnode.node.EmbeddedNode;
import io.pinfold.ipfsnode.node.NodeOpening;
import io.pinfold.ipfsnode.node.NodeSurroundings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the IPFS node that content is kept on: one elsewhere, or the one within this peer. */
final class Nodes {

    private Nodes() {}

    /** The backend of {@code setup}; one elsewhere need not be up. */
    static IpfsNode open(PeerSetup setup, Network network, Stores stores, InstantSource clock)
            throws Stores.UnusableException {
        return switch (setup.config().pinning().backends().getFirst()) {
            case BackendAddress.Kubo kubo ->
                Backends.open(kubo, setup.config().pinning().patience(), clock, new SecureRandom());
            case BackendAddress.Embedded _ -> embedded(setup, network, stores, clock);
        };
    }

    private static IpfsNode embedded(PeerSetup setup, Network network, Stores stores, InstantSource clock)
            throws Stores.UnusableException {
        var folder = new PeerFiles(setup.folder()).ipfs();
        var with = new NodeSurroundings(folder, setup.identity().key(), network.host, Optional.of(network.gossip),
                new ClusterRecords(network.host, network.client, clock), new ChainBlocks(stores.blocks),
                VersionCheck.OWN + setup.version(), clock, new SecureRandom());
        return switch (EmbeddedNode.open(with, setup.config().ipfs())) {
            case NodeOpening.Open(EmbeddedNode node) -> node;
            case NodeOpening.Locked _ -> throw new Stores.UnusableException(
                    "the IPFS node's folder " + folder + " is in use by another process");
            case NodeOpening.Failed(String detail) -> throw new Stores.UnusableException(
                    "the IPFS node cannot use its folder " + folder + ": " + detail);
        };
    }
}
