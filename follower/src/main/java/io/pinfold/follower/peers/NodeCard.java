package io.pinfold.follower.peers;

import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.util.List;

/** An IPFS node that a peer uses: who it is and where it can be reached. */
public record NodeCard(PeerId id, List<Multiaddr> addresses) {

    public NodeCard {
        addresses = List.copyOf(addresses);
        if (addresses.size() > PeerCard.MAX_ADDRESSES) {
            throw new IllegalArgumentException(addresses.size() + " addresses");
        }
    }
}
