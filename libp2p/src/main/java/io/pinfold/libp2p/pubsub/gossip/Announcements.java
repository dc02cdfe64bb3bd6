package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Lazy gossip: who has which messages (IHAVE), who asks for them (IWANT), and whether those who announced keep the promise.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#spam-protection-measures">spam
 *     protection</a>
 */
final class Announcements {

    private final GossipConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final GossipRouter.Outbox outbox;
    private final Neighbours neighbours;
    private final PeerScores scores;

    Announcements(GossipConfig config, InstantSource clock, RandomGenerator random, GossipRouter.Outbox outbox,
            Neighbours neighbours, PeerScores scores) {
        this.config = config;
        this.clock = clock;
        this.random = random;
        this.outbox = outbox;
        this.neighbours = neighbours;
        this.scores = scores;
    }

    /** Asks the neighbour for what it announced and was not seen, within the bounds of a heartbeat. */
    void announced(Neighbour neighbour, List<Bytes> ids, SeenCache seen) {
        if (scores.of(neighbour.id) < PeerScores.GOSSIP_THRESHOLD
                || ++neighbour.ihaves > config.maxIHavesPerHeartbeat()) {
            return;
        }
        List<Bytes> wanted = new ArrayList<>(ids.stream().distinct().filter(id -> !seen.contains(id)).toList());
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

    /** Sends the neighbour what it asks for and {@code cache} still has. */
    void asked(Neighbour neighbour, List<Bytes> ids, MessageCache cache) {
        if (scores.of(neighbour.id) >= PeerScores.GOSSIP_THRESHOLD) {
            for (Bytes id : ids) {
                cache.take(id, neighbour.id, config.maxRetransmissions())
                        .ifPresent(message -> outbox.send(neighbour.id, Rpc.messages(List.of(message))));
            }
        }
    }

    /** The message {@code id} came, whoever sent it. */
    void arrived(Bytes id) {
        neighbours.all().forEach(neighbour -> neighbour.promised.remove(id));
    }

    /** Upkeep of a heartbeat: broken promises count, and everybody may announce and be asked again. */
    void settle(Instant now) {
        for (Neighbour neighbour : neighbours.all()) {
            if (neighbour.promised.values().removeIf(deadline -> !now.isBefore(deadline))) {
                scores.misbehaved(neighbour.id, 1);
            }
            neighbour.ihaves = 0;
            neighbour.asked = 0;
        }
    }

    /** Announces messages to some subscribers of {@code topic} outside its mesh. */
    void announce(String topic, List<Bytes> messages, Set<PeerId> mesh) {
        if (messages.isEmpty()) {
            return;
        }
        List<Bytes> ids = new ArrayList<>(messages);
        List<PeerId> listeners = neighbours.draw(topic,
                n -> !mesh.contains(n.id) && scores.of(n.id) >= PeerScores.GOSSIP_THRESHOLD);
        int count = Math.max(config.degreeLazy(), (listeners.size() + 3) / 4);
        for (PeerId peer : listeners.subList(0, Math.min(count, listeners.size()))) {
            Collections.shuffle(ids, random);
            outbox.send(peer, Rpc.ihave(topic, ids.subList(0, Math.min(ids.size(), config.maxIdsPerRpc()))));
        }
    }
}
