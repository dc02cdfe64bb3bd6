package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The identifiers of messages seen lately, each for a fixed time from its first sight, the oldest forgotten first. */
final class SeenCache {

    private final Duration lifetime;
    private final int capacity;
    private final LinkedHashMap<Bytes, Instant> firstSeen = new LinkedHashMap<>();

    SeenCache(Duration lifetime, int capacity) {
        this.lifetime = lifetime;
        this.capacity = capacity;
    }

    /** Notes {@code id}; false if it is known already. */
    boolean add(Bytes id, Instant now) {
        expire(now);
        if (firstSeen.putIfAbsent(id, now) != null) {
            return false;
        }
        if (firstSeen.size() > capacity) {
            firstSeen.pollFirstEntry();
        }
        return true;
    }

    boolean contains(Bytes id) {
        return firstSeen.containsKey(id);
    }

    private void expire(Instant now) {
        Instant oldest = now.minus(lifetime);
        Iterator<Map.Entry<Bytes, Instant>> entries = firstSeen.entrySet().iterator();
        while (entries.hasNext() && entries.next().getValue().isBefore(oldest)) {
            entries.remove();
        }
    }
}
