package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The topics that this peer is in, and for each the neighbours that pass on its messages to one another: grafted and pruned
 * by either side, of bounded number.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.0.md#topic-membership">topic
 *     membership</a>
 */
final class Meshes {

    /** A back-off that somebody else asks for is cut to this many times ours. */
    private static final int MAX_FOREIGN_BACKOFFS = 10;

    private final GossipConfig config;
    private final InstantSource clock;
    private final GossipRouter.Outbox outbox;
    private final Neighbours neighbours;
    private final PeerScores scores;
    private final Map<String, Set<PeerId>> byTopic = new TreeMap<>();
    private final Backoffs backoffs = new Backoffs();

    Meshes(GossipConfig config, InstantSource clock, GossipRouter.Outbox outbox, Neighbours neighbours,
            PeerScores scores) {
        this.config = config;
        this.clock = clock;
        this.outbox = outbox;
        this.neighbours = neighbours;
        this.scores = scores;
    }

    /** The topics that this peer is in. */
    Set<String> topics() {
        return byTopic.keySet();
    }

    boolean isIn(String topic) {
        return byTopic.containsKey(topic);
    }

    /** The mesh of {@code topic}; empty if this peer is not in it. */
    Set<PeerId> of(String topic) {
        return byTopic.getOrDefault(topic, Set.of());
    }

    /** Begins an empty mesh; false if there is one. */
    boolean join(String topic) {
        return byTopic.putIfAbsent(topic, new HashSet<>()) == null;
    }

    /** Prunes everybody; false if this peer is not in the topic. */
    boolean leave(String topic) {
        Set<PeerId> mesh = byTopic.remove(topic);
        if (mesh == null) {
            return false;
        }
        mesh.forEach(peer -> prune(topic, peer, config.unsubscribeBackoff()));
        return true;
    }

    /** {@code peer} is connected no longer. */
    void remove(PeerId peer) {
        byTopic.values().forEach(mesh -> mesh.remove(peer));
    }

    /** {@code peer} has left {@code topic}. */
    void remove(String topic, PeerId peer) {
        Set<PeerId> mesh = byTopic.get(topic);
        if (mesh != null) {
            mesh.remove(peer);
        }
    }

    /** The neighbour wants us in its mesh: it comes into ours, or is pruned. */
    void grafted(Neighbour neighbour, String topic) {
        Set<PeerId> mesh = byTopic.get(topic);
        if (mesh == null || mesh.contains(neighbour.id)) {
            return;
        }
        boolean early = backoffs.active(topic, neighbour.id, clock.instant());
        if (early) {
            scores.misbehaved(neighbour.id, 1);
        }
        if (early || scores.of(neighbour.id) < 0 || mesh.size() >= config.degreeHigh()) {
            prune(topic, neighbour.id, config.pruneBackoff());
        } else {
            neighbour.topics.add(topic);
            mesh.add(neighbour.id);
        }
    }

    /** The neighbour has taken us out of its mesh. */
    void pruned(Neighbour neighbour, Rpc.Prune prune) {
        Set<PeerId> mesh = byTopic.get(prune.topic());
        if (mesh != null) {
            mesh.remove(neighbour.id);
            long most = config.pruneBackoff().toSeconds();
            long seconds = prune.backoffSeconds() <= 0
                    ? most
                    : Math.min(prune.backoffSeconds(), MAX_FOREIGN_BACKOFFS * most);
            backoffs.extend(prune.topic(), neighbour.id, clock.instant().plusSeconds(seconds));
        }
    }

    /** Grafts until the mesh of {@code topic} has its degree, if it has too few. */
    void fill(String topic) {
        Set<PeerId> mesh = byTopic.get(topic);
        if (mesh == null || mesh.size() >= config.degreeLow()) {
            return;
        }
        Instant now = clock.instant();
        neighbours.draw(topic, n -> !mesh.contains(n.id) && scores.of(n.id) >= 0 && !backoffs.active(topic, n.id, now))
                .stream()
                .limit(config.degree() - mesh.size())
                .forEach(peer -> {
                    mesh.add(peer);
                    outbox.send(peer, Rpc.graft(topic));
                });
    }

    /** Upkeep of a heartbeat: who misbehaves goes, and too few become enough; there are never too many, see {@link #grafted}. */
    void balance(String topic) {
        Set<PeerId> mesh = of(topic);
        for (PeerId peer : List.copyOf(mesh)) {
            if (scores.of(peer) < 0) {
                mesh.remove(peer);
                prune(topic, peer, config.pruneBackoff());
            }
        }
        fill(topic);
    }

    /** Forgets back-offs that have ended. */
    void expire(Instant now) {
        backoffs.expire(now);
    }

    private void prune(String topic, PeerId peer, Duration backoff) {
        backoffs.extend(topic, peer, clock.instant().plus(backoff));
        outbox.send(peer, Rpc.prune(topic, backoff.toSeconds()));
    }
}
