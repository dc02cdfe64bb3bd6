package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A way of the program around the node to have records from peers on its host, and to give them ours, beside the fetch protocol and
 * PubSub. Nothing that peers say is believed. Same rules for threads as {@link RecordSource}.
 */
public interface PeerRecords {

    /** For a node that has no such way. */
    PeerRecords NONE = new PeerRecords() {

        @Override
        public List<PeerId> peers() {
            return List.of();
        }

        @Override
        public Optional<Bytes> latest(PeerId peer, IpnsName name, Duration timeout) {
            return Optional.empty();
        }

        @Override
        public boolean give(PeerId peer, IpnsRecord record, Duration timeout) {
            return false;
        }
    };

    /** The peers that are connected and can be asked so. */
    List<PeerId> peers();

    /** What {@code peer} says is the newest record of {@code name}; empty if it has none or cannot be asked. */
    Optional<Bytes> latest(PeerId peer, IpnsName name, Duration timeout);

    /** Hands {@code record} to {@code peer}; whether it has it now. */
    boolean give(PeerId peer, IpnsRecord record, Duration timeout);
}
