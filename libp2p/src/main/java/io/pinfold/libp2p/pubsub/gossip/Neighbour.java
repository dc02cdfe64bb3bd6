package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is known of one connected peer that speaks the protocol. */
final class Neighbour {

    final PeerId id;
    final Set<String> topics = new HashSet<>();
    /** IHAVE frames and identifiers asked for since the last heartbeat. */
    int ihaves;
    int asked;
    /** Messages announced by IHAVE and asked for, not seen yet, each with the time by which it is due. */
    final Map<Bytes, Instant> promised = new HashMap<>();

    Neighbour(PeerId id) {
        this.id = id;
    }
}
