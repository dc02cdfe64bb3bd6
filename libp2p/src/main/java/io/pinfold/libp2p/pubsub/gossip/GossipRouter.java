package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The state of GossipSub: neighbours, meshes, caches, scores; it decides what is sent to whom.
 *
 * <p>It does no input or output and knows no threads: what it sends goes to an {@link Outbox} that must not block. Not
 * safe for use by several threads at once; {@link GossipSub} calls it under one lock.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md">gossipsub v1.1</a>
 */
final class GossipRouter {

    private final GossipConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Outbox outbox;
    private final Map<PeerId, Neighbour> neighbours = new LinkedHashMap<>();
    private final Map<String, Set<PeerId>> meshes = new TreeMap<>();
    private final SeenCache seen;
    private final MessageCache cache;
    private final Backoffs backoffs = new Backoffs();
    private final PeerScores scores = new PeerScores();

    GossipRouter(GossipConfig config, InstantSource clock, RandomGenerator random, Outbox outbox) {
        this.config = config;
        this.clock = clock;
        this.random = random;
        this.outbox = outbox;
        this.seen = new SeenCache(config.seenLifetime(), config.maxSeen());
        this.cache = new MessageCache(config.history(), config.historyGossip());
    }

    /** Takes frames for peers; called by the router, must return at once. */
    @FunctionalInterface
    interface Outbox {
        void send(PeerId peer, Rpc rpc);
    }

    void peerAdded(PeerId peer) {
        if (neighbours.putIfAbsent(peer, new Neighbour(peer)) == null) {
            greeting(peer).forEach(rpc -> outbox.send(peer, rpc));
        }
    }

    /** What {@code peer} has to know of us at the beginning of a stream: our topics, and in which it is in our mesh. */
    List<Rpc> greeting(PeerId peer) {
        List<Rpc> greeting = new ArrayList<>();
        if (!meshes.isEmpty()) {
            greeting.add(Rpc.subscriptions(
                    meshes.keySet().stream().map(topic -> new Rpc.Subscription(true, topic)).toList()));
        }
        meshes.forEach((topic, mesh) -> {
            if (mesh.contains(peer)) {
                greeting.add(Rpc.graft(topic));
            }
        });
        return greeting;
    }

    void peerRemoved(PeerId peer) {
        neighbours.remove(peer);
        meshes.values().forEach(mesh -> mesh.remove(peer));
    }

    void join(String topic) {
        if (meshes.putIfAbsent(topic, new HashSet<>()) == null) {
            announce(new Rpc.Subscription(true, topic));
            fill(topic);
        }
    }

    void leave(String topic) {
        Set<PeerId> mesh = meshes.remove(topic);
        if (mesh != null) {
            mesh.forEach(peer -> prune(topic, peer, config.unsubscribeBackoff()));
            announce(new Rpc.Subscription(false, topic));
        }
    }

    boolean ignored(PeerId peer) {
        return scores.of(peer) < PeerScores.GRAYLIST_THRESHOLD;
    }

    /** Takes the subscriptions and control of a frame; its messages go through {@link #firstSight} and {@link #accepted}. */
    void received(PeerId peer, Rpc rpc) {
        Neighbour neighbour = neighbours.get(peer);
        if (neighbour == null) {
            return;
        }
        for (Rpc.Subscription subscription : rpc.subscriptions()) {
            subscription(neighbour, subscription);
        }
        rpc.ihaves().forEach(ihave -> ihave(neighbour, ihave));
        rpc.iwants().forEach(ids -> iwant(neighbour, ids));
        rpc.grafts().forEach(topic -> graft(neighbour, topic));
        rpc.prunes().forEach(prune -> prune(neighbour, prune));
    }

    /** Whether the message is known; asked before its signature is checked, which alone makes it known. */
    boolean seen(Bytes id) {
        return seen.contains(id);
    }

    /** Whether the message is new; from then on it counts as seen. */
    boolean firstSight(Bytes id) {
        neighbours.values().forEach(neighbour -> neighbour.promised.remove(id));
        return seen.add(id, clock.instant());
    }

    /** Forwards an accepted message to the mesh. */
    void accepted(PeerId via, PeerId author, Bytes id, WireMessage message) {
        cache.put(id, message);
        Rpc rpc = Rpc.messages(List.of(message));
        for (PeerId peer : meshes.getOrDefault(message.topic(), Set.of())) {
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
        for (Neighbour neighbour : neighbours.values()) {
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
        for (Neighbour neighbour : neighbours.values()) {
            if (neighbour.promised.values().removeIf(deadline -> !now.isBefore(deadline))) {
                scores.misbehaved(neighbour.id, 1);
            }
            neighbour.ihaves = 0;
            neighbour.asked = 0;
        }
        scores.decay();
        backoffs.expire(now);
        for (String topic : meshes.keySet()) {
            balance(topic);
            gossip(topic);
        }
        cache.shift();
    }

    Set<PeerId> subscribers(String topic) {
        Set<PeerId> peers = new HashSet<>();
        neighbours.values().stream().filter(n -> n.topics.contains(topic)).forEach(n -> peers.add(n.id));
        return peers;
    }

    Set<PeerId> mesh(String topic) {
        return Set.copyOf(meshes.getOrDefault(topic, Set.of()));
    }

    double score(PeerId peer) {
        return scores.of(peer);
    }

    private void subscription(Neighbour neighbour, Rpc.Subscription subscription) {
        String topic = subscription.topic();
        Set<PeerId> mesh = meshes.get(topic);
        if (!subscription.subscribe()) {
            neighbour.topics.remove(topic);
            if (mesh != null) {
                mesh.remove(neighbour.id);
            }
        } else if (mesh != null) {
            if (neighbour.topics.add(topic) && mesh.size() < config.degreeLow()) {
                fill(topic);
            }
        } else if (neighbour.topics.size() < config.maxTopicsPerPeer()) {
            neighbour.topics.add(topic);
        }
    }

    private void ihave(Neighbour neighbour, Rpc.IHave ihave) {
        if (scores.of(neighbour.id) < PeerScores.GOSSIP_THRESHOLD || !meshes.containsKey(ihave.topic())
                || ++neighbour.ihaves > config.maxIHavesPerHeartbeat()) {
            return;
        }
        List<Bytes> wanted = new ArrayList<>(ihave.ids().stream().distinct().filter(id -> !seen.contains(id)).toList());
        Collections.shuffle(wanted, random);
        int room = Math.max(0, config.maxIdsPerRpc() - neighbour.asked);
        List<Bytes> asked = wanted.subList(0, Math.min(room, wanted.size()));
        if (!asked.isEmpty()) {
            neighbour.asked += asked.size();
            Instant deadline = clock.instant().plus(config.promiseTime());
            asked.forEach(id -> neighbour.promised.put(id, deadline));
            outbox.send(neighbour.id, Rpc.iwant(asked));
        }
    }

    private void iwant(Neighbour neighbour, List<Bytes> ids) {
        if (scores.of(neighbour.id) >= PeerScores.GOSSIP_THRESHOLD) {
            for (Bytes id : ids) {
                cache.take(id, neighbour.id, config.maxRetransmissions())
                        .ifPresent(message -> outbox.send(neighbour.id, Rpc.messages(List.of(message))));
            }
        }
    }

    private void graft(Neighbour neighbour, String topic) {
        Set<PeerId> mesh = meshes.get(topic);
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

    private void prune(Neighbour neighbour, Rpc.Prune prune) {
        Set<PeerId> mesh = meshes.get(prune.topic());
        if (mesh != null) {
            mesh.remove(neighbour.id);
            long most = config.pruneBackoff().toSeconds();
            long seconds = prune.backoffSeconds() <= 0 ? most : Math.min(prune.backoffSeconds(), 10 * most);
            backoffs.extend(prune.topic(), neighbour.id, clock.instant().plusSeconds(seconds));
        }
    }

    private void balance(String topic) {
        Set<PeerId> mesh = meshes.getOrDefault(topic, Set.of());
        for (PeerId peer : List.copyOf(mesh)) {
            if (scores.of(peer) < 0) {
                mesh.remove(peer);
                prune(topic, peer, config.pruneBackoff());
            }
        }
        if (mesh.size() < config.degreeLow()) {
            fill(topic);
        } else if (mesh.size() > config.degreeHigh()) {
            for (PeerId peer : shuffled(mesh).subList(config.degree(), mesh.size())) {
                mesh.remove(peer);
                prune(topic, peer, config.pruneBackoff());
            }
        }
    }

    private void fill(String topic) {
        Set<PeerId> mesh = meshes.getOrDefault(topic, Set.of());
        Instant now = clock.instant();
        List<PeerId> candidates = shuffled(neighbours.values()
                .stream()
                .filter(n -> n.topics.contains(topic) && !mesh.contains(n.id) && scores.of(n.id) >= 0
                        && !backoffs.active(topic, n.id, now))
                .map(n -> n.id)
                .toList());
        for (PeerId peer : candidates.subList(0, Math.min(candidates.size(), config.degree() - mesh.size()))) {
            mesh.add(peer);
            outbox.send(peer, Rpc.graft(topic));
        }
    }

    private void gossip(String topic) {
        List<Bytes> ids = cache.gossip(topic);
        if (ids.isEmpty()) {
            return;
        }
        Set<PeerId> mesh = meshes.getOrDefault(topic, Set.of());
        List<PeerId> listeners = shuffled(neighbours.values()
                .stream()
                .filter(n -> n.topics.contains(topic) && !mesh.contains(n.id)
                        && scores.of(n.id) >= PeerScores.GOSSIP_THRESHOLD)
                .map(n -> n.id)
                .toList());
        int count = Math.max(config.degreeLazy(), (listeners.size() + 3) / 4);
        for (PeerId peer : listeners.subList(0, Math.min(count, listeners.size()))) {
            Collections.shuffle(ids, random);
            outbox.send(peer, Rpc.ihave(topic, ids.subList(0, Math.min(ids.size(), config.maxIdsPerRpc()))));
        }
    }

    private void prune(String topic, PeerId peer, Duration backoff) {
        backoffs.extend(topic, peer, clock.instant().plus(backoff));
        outbox.send(peer, Rpc.prune(topic, backoff.toSeconds()));
    }

    private void announce(Rpc.Subscription subscription) {
        neighbours.keySet().forEach(peer -> outbox.send(peer, Rpc.subscriptions(List.of(subscription))));
    }

    private List<PeerId> shuffled(Collection<PeerId> peers) {
        List<PeerId> list = new ArrayList<>(peers);
        Collections.sort(list);
        Collections.shuffle(list, random);
        return list;
    }
}
