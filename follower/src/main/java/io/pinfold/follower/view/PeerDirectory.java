package io.pinfold.follower.view;

import io.pinfold.multiformats.PeerId;
import java.util.function.Consumer;

/** This peer and the members of the cluster that it knows; the contract is {@link ClusterPeer}'s. */
public interface PeerDirectory {

    /** This peer; asks the IPFS backend for its identity for at most a few seconds, and says so if that failed. */
    Answer<PeerInfo> self();

    /**
     * Hands over each member, this peer included, ordered by id. A member that does not answer within the overall
     * deadline (15 s) appears with {@link PeerInfo#error} set.
     *
     * @return the number of members handed over
     */
    Answer<Long> peers(Consumer<? super PeerInfo> each);

    /**
     * Asks a peer that is to become a member for its identity. Membership is not administered: whoever follows the
     * chain is a member, so nothing is added; the method exists for clients of ipfs-cluster.
     */
    Answer<PeerInfo> add(PeerId peer);

    /** Removes a member; {@link Failure.Unsupported} as long as membership is open to everybody. */
    Answer<PeerId> remove(PeerId peer);
}
