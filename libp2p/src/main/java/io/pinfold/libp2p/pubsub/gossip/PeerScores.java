package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.PeerId;
import java.util.HashMap;
import java.util.Map;

/**
 * How far neighbours have misbehaved: 0 is clean, below it counts; it decays with each heartbeat.
 *
 * <p>Invalid messages (P4) and broken rules (P7) each count by the square of their decaying number. A score outlives its
 * connection, so that nobody is clean again by dialling anew.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#peer-scoring">peer
 *     scoring</a>
 */
final class PeerScores {

    /** Below it there is neither gossip to nor from a peer. */
    static final double GOSSIP_THRESHOLD = -10;
    /** Below it our own messages are not sent to a peer. */
    static final double PUBLISH_THRESHOLD = -50;
    /** Below it whatever a peer sends is ignored. */
    static final double GRAYLIST_THRESHOLD = -80;
    /** Most peers whose score is kept; the least guilty is forgotten. */
    static final int MAX_PEERS = 10_000;

    private static final double INVALID_WEIGHT = -1;
    private static final double BEHAVIOUR_WEIGHT = -1;
    private static final double DECAY = 0.99;
    private static final double DECAY_TO_ZERO = 0.1;

    private final Map<PeerId, Counts> counts = new HashMap<>();

    double of(PeerId peer) {
        Counts c = counts.get(peer);
        return c == null ? 0 : INVALID_WEIGHT * c.invalid * c.invalid + BEHAVIOUR_WEIGHT * c.behaviour * c.behaviour;
    }

    void invalidMessage(PeerId peer) {
        counts(peer).invalid++;
    }

    void misbehaved(PeerId peer, int times) {
        counts(peer).behaviour += times;
    }

    void decay() {
        counts.values().removeIf(c -> {
            c.invalid = decayed(c.invalid);
            c.behaviour = decayed(c.behaviour);
            return c.invalid == 0 && c.behaviour == 0;
        });
    }

    private static double decayed(double count) {
        double next = count * DECAY;
        return next < DECAY_TO_ZERO ? 0 : next;
    }

    private Counts counts(PeerId peer) {
        if (counts.size() >= MAX_PEERS && !counts.containsKey(peer)) {
            counts.keySet().stream().max((a, b) -> Double.compare(of(a), of(b))).ifPresent(counts::remove);
        }
        return counts.computeIfAbsent(peer, _ -> new Counts());
    }

    private static final class Counts {
        private double invalid;
        private double behaviour;
    }
}
