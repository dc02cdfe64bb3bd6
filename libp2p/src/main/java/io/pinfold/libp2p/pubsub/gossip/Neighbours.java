package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The connected peers that speak the protocol, and draws among them. */
final class Neighbours {

    private final RandomGenerator random;
    private final Map<PeerId, Neighbour> byId = new LinkedHashMap<>();

    Neighbours(RandomGenerator random) {
        this.random = random;
    }

    /** Adds {@code peer}; false if it is known. */
    boolean add(PeerId peer) {
        return byId.putIfAbsent(peer, new Neighbour(peer)) == null;
    }

    void remove(PeerId peer) {
        byId.remove(peer);
    }

    @Nullable
    Neighbour find(PeerId peer) {
        return byId.get(peer);
    }

    Collection<Neighbour> all() {
        return byId.values();
    }

    /** Those that are subscribed to {@code topic}. */
    List<Neighbour> in(String topic) {
        return byId.values().stream().filter(neighbour -> neighbour.topics.contains(topic)).toList();
    }

    /** Those that are subscribed to {@code topic} and fit, in an order that depends on nothing but the generator. */
    List<PeerId> draw(String topic, Predicate<Neighbour> fits) {
        List<PeerId> peers = new ArrayList<>();
        in(topic).stream().filter(fits).forEach(neighbour -> peers.add(neighbour.id));
        Collections.sort(peers);
        Collections.shuffle(peers, random);
        return peers;
    }
}
