package io.pinfold.follower.peers;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.util.List;
import java.util.Optional;

/**
 * What a peer tells of itself over RPC {@code id}: its claims, not facts.
 *
 * @param cluster the cluster that it takes part in
 * @param name what its owner calls it, at most {@value #MAX_NAME} bytes
 * @param version of its program, at most {@value #MAX_NAME} bytes
 * @param addresses where it listens, at most {@value #MAX_ADDRESSES}
 * @param node its IPFS node, if that answers
 */
public record PeerCard(Cid cluster, String name, String version, List<Multiaddr> addresses, Optional<NodeCard> node) {

    /** Longest name and version, in bytes of UTF-8. */
    public static final int MAX_NAME = 255;
    /** Most addresses of a peer, and of its node. */
    public static final int MAX_ADDRESSES = 32;

    public PeerCard {
        addresses = List.copyOf(addresses);
        if (addresses.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException(addresses.size() + " addresses");
        }
    }
}
