package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.Host;
import io.pinfold.multiformats.PeerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The outbox of each neighbour; not safe for use by several threads at once, {@link GossipSub} calls it under its lock. */
final class Outboxes {

    private final Host host;
    private final int bound;
    private final PubSubMetrics metrics;
    private final Map<PeerId, PeerOutbox> byPeer = new HashMap<>();

    /** Outboxes in each of which {@code bound} frames wait at most. */
    Outboxes(Host host, int bound, PubSubMetrics metrics) {
        this.host = host;
        this.bound = bound;
        this.metrics = metrics;
    }

    boolean has(PeerId peer) {
        return byPeer.containsKey(peer);
    }

    /** A new outbox of {@code peer}, not started, whose streams after the first begin with {@code greeting}. */
    PeerOutbox add(PeerId peer, Supplier<List<Rpc>> greeting) {
        var outbox = new PeerOutbox(host, peer, bound, greeting);
        byPeer.put(peer, outbox);
        return outbox;
    }

    /** Takes {@code peer}'s outbox away, to be stopped outside the lock; null if there is none. */
    @Nullable
    PeerOutbox remove(PeerId peer) {
        return byPeer.remove(peer);
    }

    /** Queues a frame, or drops it and counts. */
    void send(PeerId peer, Rpc rpc) {
        PeerOutbox outbox = byPeer.get(peer);
        if (outbox != null && !outbox.offer(rpc)) {
            metrics.count(PubSubMetrics.Event.OUTBOUND_DROPPED);
        }
    }

    /** A heartbeat has passed. */
    void beat() {
        byPeer.values().forEach(PeerOutbox::beat);
    }

    List<PeerOutbox> all() {
        return List.copyOf(byPeer.values());
    }
}
