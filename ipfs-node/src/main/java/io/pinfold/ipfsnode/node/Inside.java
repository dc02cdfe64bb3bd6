package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfsnode.bitswap.wire.BitswapVersion;
import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.ipfsnode.ipns.Names;
import io.pinfold.ipfsnode.view.ArchiveView;
import io.pinfold.ipfsnode.view.BlockView;
import io.pinfold.ipfsnode.view.FileView;
import io.pinfold.ipfsnode.view.NameRecord;
import io.pinfold.ipfsnode.view.NeighbourView;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.ipfsnode.view.PinView;
import io.pinfold.ipfsnode.view.RepositoryView;
import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.Host;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.util.List;
import java.util.Optional;

/** The parts of a node that can be seen from outside. */
record Inside(IpfsNode node, BlockView blocks, FileView files, ArchiveView archives, PinView pins,
        RepositoryView repository, NeighbourView neighbours, Names names) implements NodeView {

    @Override
    public Optional<NameRecord> record(PeerId name) {
        return names.record(new IpnsName(name))
                .map(record -> new NameRecord(record.encoded(), record.ttl(), record.validUntil()));
    }

    /** Whom a host is connected to. */
    record Neighbours(Host host) implements NeighbourView {

        @Override
        public List<Multiaddr> connected() {
            return host.connectedPeers()
                    .stream()
                    .flatMap(peer -> host.connections(peer).stream())
                    .map(Neighbours::address)
                    .toList();
        }

        private static Multiaddr address(ConnectionInfo connection) {
            return connection.remoteAddress().withoutPeer().withPeer(connection.peer());
        }

        @Override
        public List<String> protocols() {
            return BitswapVersion.protocols();
        }
    }
}
