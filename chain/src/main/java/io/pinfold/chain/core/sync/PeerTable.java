package io.pinfold.chain.core.sync;

import io.pinfold.multiformats.PeerId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The connected peers, how busy each is, and whom not to ask for a while. */
final class PeerTable {

    /** The greatest number of requests to one peer at a time: one that it works on and one behind it. */
    static final int MAX_PER_PEER = 2;
    /** The longest time that a peer is not asked after failures. */
    static final long MAX_PAUSE_MILLIS = 60_000;
    private static final long FIRST_PAUSE_MILLIS = 500;

    private final Map<PeerId, Peer> peers = new LinkedHashMap<>();
    private final RandomGenerator random;

    private static final class Peer {
        private int asked;
        private int failures;
        private long pausedUntil;
    }

    PeerTable(RandomGenerator random) {
        this.random = random;
    }

    void connected(PeerId id) {
        peers.putIfAbsent(id, new Peer());
    }

    void disconnected(PeerId id) {
        peers.remove(id);
    }

    Set<PeerId> connected() {
        return peers.keySet();
    }

    /** A peer to ask now: one of {@code preferred} before others, a less busy one before a busier, else by chance. */
    Optional<PeerId> choose(Set<PeerId> preferred, Set<PeerId> without, long nowMillis) {
        List<PeerId> free = peers.entrySet()
                .stream()
                .filter(entry -> entry.getValue().asked < MAX_PER_PEER && entry.getValue().pausedUntil <= nowMillis)
                .map(Map.Entry::getKey)
                .filter(id -> !without.contains(id))
                .toList();
        if (free.isEmpty()) {
            return Optional.empty();
        }
        int start = random.nextInt(free.size());
        return IntStream.range(0, free.size())
                .mapToObj(i -> free.get((start + i) % free.size()))
                .min(Comparator.comparingInt((PeerId id) -> asked(id)).thenComparing(id -> !preferred.contains(id)));
    }

    void asked(PeerId id, int change) {
        Peer peer = peers.get(id);
        if (peer != null) {
            peer.asked += change;
        }
    }

    /** The peer answered as it should. */
    void good(PeerId id) {
        Peer peer = peers.get(id);
        if (peer != null) {
            peer.failures = 0;
        }
    }

    /** The peer failed: it is not asked for {@code atLeastMillis}, and longer each time. */
    void bad(PeerId id, long atLeastMillis, long nowMillis) {
        Peer peer = peers.get(id);
        if (peer != null) {
            long pause = FIRST_PAUSE_MILLIS << Math.min(peer.failures++, 10);
            peer.pausedUntil = nowMillis + Math.min(MAX_PAUSE_MILLIS, Math.max(pause, atLeastMillis));
        }
    }

    /** When the next paused peer may be asked again, {@link Long#MAX_VALUE} if none is paused. */
    long nextMillis(long nowMillis) {
        return peers.values()
                .stream()
                .mapToLong(peer -> peer.pausedUntil)
                .filter(at -> at > nowMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private int asked(PeerId id) {
        @Nullable
        Peer peer = peers.get(id);
        return peer == null ? 0 : peer.asked;
    }
}
