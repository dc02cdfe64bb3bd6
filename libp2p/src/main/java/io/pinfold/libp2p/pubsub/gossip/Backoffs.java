package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Until when a peer must not be grafted into the mesh of a topic; a later time replaces an earlier one, never the reverse. */
final class Backoffs {

    private final Map<Key, Instant> until = new HashMap<>();

    void extend(String topic, PeerId peer, Instant end) {
        until.merge(new Key(topic, peer), end, (a, b) -> a.isAfter(b) ? a : b);
    }

    boolean active(String topic, PeerId peer, Instant now) {
        Instant end = until.get(new Key(topic, peer));
        return end != null && now.isBefore(end);
    }

    /** Forgets what has ended; bounded by peers times topics in between. */
    void expire(Instant now) {
        until.values().removeIf(end -> !now.isBefore(end));
    }

    private record Key(String topic, PeerId peer) {}
}
