package io.pinfold.follower.view;

import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.util.List;
import java.util.Optional;

/**
 * A member of the cluster: its name, addresses, the peers it sees and its IPFS node.
 *
 * @param addresses with or without {@code /p2p/}
 * @param clusterPeers the members it sees, itself included
 * @param clusterPeersAddresses one or more addresses of each of those
 * @param version empty if it did not answer
 * @param rpcProtocol the protocol id of its peer-to-peer RPC
 * @param ipfs empty when it has no backend with an identity
 * @param error empty, or why nothing more is known of it
 */
public record PeerInfo(PeerId id, String peername, List<Multiaddr> addresses, List<PeerId> clusterPeers,
        List<Multiaddr> clusterPeersAddresses, String version, String rpcProtocol, Optional<IpfsInfo> ipfs,
        String error) {

    public PeerInfo {
        addresses = List.copyOf(addresses);
        clusterPeers = List.copyOf(clusterPeers);
        clusterPeersAddresses = List.copyOf(clusterPeersAddresses);
    }

    /** A member of which nothing is known but that asking it failed. */
    public static PeerInfo unreachable(PeerId id, String peername, String error) {
        return new PeerInfo(id, peername, List.of(), List.of(), List.of(), "", "", Optional.empty(), error);
    }

    /**
     * The IPFS node behind a member.
     *
     * @param id empty when it does not answer
     * @param error empty, or why it does not answer
     */
    public record IpfsInfo(Optional<PeerId> id, List<Multiaddr> addresses, String error) {

        public IpfsInfo {
            addresses = List.copyOf(addresses);
        }
    }
}
