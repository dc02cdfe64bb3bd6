package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The state of GossipSub: neighbours, {@link Meshes}, {@link Announcements}, caches, scores; it decides what is sent to whom.
 *
 * <p>It does no input or output and knows no threads: what it sends goes to an {@link Outbox} that must not block. Not
 * safe for use by several threads at once; {@link GossipSub} calls it under one lock.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md">gossipsub v1.1</a>
 */
final class GossipRouter {

    private final GossipConfig config;
    private final InstantSource clock;
    private final Outbox outbox;
    private final Neighbours neighbours;
    private final SeenCache seen;
    private final MessageCache cache;
    private final PeerScores scores = new PeerScores();
    private final Meshes meshes;
    private final Announcements announcements;

    GossipRouter(GossipConfig config, InstantSource clock, RandomGenerator random, Outbox outbox) {
        this.config = config;
        this.clock = clock;
        this.outbox = outbox;
        this.neighbours = new Neighbours(random);
        this.seen = new SeenCache(config.seenLifetime(), config.maxSeen());
        this.cache = new MessageCache(config.history(), config.historyGossip());
        this.meshes = new Meshes(config, clock, outbox, neighbours, scores);
        this.announcements = new Announcements(config, clock, random, outbox, neighbours, scores);
    }

    /** Takes frames for peers; called by the router, must return at once. */
    @FunctionalInterface
    interface Outbox {
        void send(PeerId peer, Rpc rpc);
    }

    void peerAdded(PeerId peer) {
        if (neighbours.add(peer)) {
            greeting(peer).forEach(rpc -> outbox.send(peer, rpc));
        }
    }

    /** What {@code peer} has to know of us at the beginning of a stream: our topics, and in which it is in our mesh. */
    List<Rpc> greeting(PeerId peer) {
        List<Rpc> greeting = new ArrayList<>();
        if (!meshes.topics().isEmpty()) {
            greeting.add(Rpc.subscriptions(
                    meshes.topics().stream().map(topic -> new Rpc.Subscription(true, topic)).toList()));
        }
        meshes.topics()
                .stream()
                .filter(topic -> meshes.of(topic).contains(peer))
                .map(Rpc::graft)
                .forEach(greeting::add);
        return greeting;
    }

    void peerRemoved(PeerId peer) {
        neighbours.remove(peer);
        meshes.remove(peer);
    }

    void join(String topic) {
        if (meshes.join(topic)) {
            announce(new Rpc.Subscription(true, topic));
            meshes.fill(topic);
        }
    }

    void leave(String topic) {
        if (meshes.leave(topic)) {
            announce(new Rpc.Subscription(false, topic));
        }
    }

    boolean ignored(PeerId peer) {
        return scores.of(peer) < PeerScores.GRAYLIST_THRESHOLD;
    }

    /** Takes the subscriptions and control of a frame; its messages go through {@link #firstSight} and {@link #accepted}. */
    void received(PeerId peer, Rpc rpc) {
        Neighbour neighbour = neighbours.find(peer);
        if (neighbour == null) {
            return;
        }
        for (Rpc.Subscription subscription : rpc.subscriptions()) {
            subscription(neighbour, subscription);
        }
        for (Rpc.IHave ihave : rpc.ihaves()) {
            if (meshes.isIn(ihave.topic())) {
                announcements.announced(neighbour, ihave.ids(), seen);
            }
        }
        rpc.iwants().forEach(ids -> announcements.asked(neighbour, ids, cache));
        rpc.grafts().forEach(topic -> meshes.grafted(neighbour, topic));
        rpc.prunes().forEach(prune -> meshes.pruned(neighbour, prune));
    }

    /** Whether the message is known; asked before its signature is checked, which alone makes it known. */
    boolean seen(Bytes id) {
        return seen.contains(id);
    }

    /** Whether the message is new; from then on it counts as seen. */
    boolean firstSight(Bytes id) {
        announcements.arrived(id);
        return seen.add(id, clock.instant());
    }

    /** Forwards an accepted message to the mesh. */
    void accepted(PeerId via, PeerId author, Bytes id, WireMessage message) {
        cache.put(id, message);
        Rpc rpc = Rpc.messages(List.of(message));
        for (PeerId peer : meshes.of(message.topic())) {
            if (!peer.equals(via) && !peer.equals(author)) {
                outbox.send(peer, rpc);
            }
        }
    }

    void rejected(PeerId via) {
        scores.invalidMessage(via);
    }

    /** Sends our own message to every subscriber that behaves; how many there are, or -1 if it was seen before. */
    int publish(Bytes id, WireMessage message) {
        if (!seen.add(id, clock.instant())) {
            return -1;
        }
        cache.put(id, message);
        Rpc rpc = Rpc.messages(List.of(message));
        int sent = 0;
        for (Neighbour neighbour : neighbours.all()) {
            if (neighbour.topics.contains(message.topic())
                    && scores.of(neighbour.id) >= PeerScores.PUBLISH_THRESHOLD) {
                outbox.send(neighbour.id, rpc);
                sent++;
            }
        }
        return sent;
    }

    /** Upkeep, to be called once per {@link GossipConfig#heartbeat}. */
    void heartbeat() {
        Instant now = clock.instant();
        announcements.settle(now);
        scores.decay();
        meshes.expire(now);
        for (String topic : meshes.topics()) {
            meshes.balance(topic);
            announcements.announce(topic, cache.gossip(topic), meshes.of(topic));
        }
        cache.shift();
    }

    Set<PeerId> subscribers(String topic) {
        return neighbours.in(topic).stream().map(neighbour -> neighbour.id).collect(Collectors.toSet());
    }

    Set<PeerId> mesh(String topic) {
        return Set.copyOf(meshes.of(topic));
    }

    double score(PeerId peer) {
        return scores.of(peer);
    }

    private void subscription(Neighbour neighbour, Rpc.Subscription subscription) {
        String topic = subscription.topic();
        if (!subscription.subscribe()) {
            neighbour.topics.remove(topic);
            meshes.remove(topic, neighbour.id);
        } else if (meshes.isIn(topic)) {
            if (neighbour.topics.add(topic)) {
                meshes.fill(topic);
            }
        } else if (neighbour.topics.size() < config.maxTopicsPerPeer()) {
            neighbour.topics.add(topic);
        }
    }

    private void announce(Rpc.Subscription subscription) {
        neighbours.all().forEach(neighbour -> outbox.send(neighbour.id, Rpc.subscriptions(List.of(subscription))));
    }
}
