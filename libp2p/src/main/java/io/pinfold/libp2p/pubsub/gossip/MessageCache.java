package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accepted messages of the last heartbeats, in windows, for those who ask.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.0.md#message-cache">message
 *     cache</a>
 */
final class MessageCache {

    /** Most messages in one window; a busier heartbeat forgets its surplus, which was forwarded already. */
    static final int MAX_WINDOW = 2_000;

    private final int gossipWindows;
    private final Deque<List<Bytes>> windows = new ArrayDeque<>();
    private final Map<Bytes, Entry> entries = new HashMap<>();

    MessageCache(int history, int gossipWindows) {
        this.gossipWindows = gossipWindows;
        for (int i = 0; i < history; i++) {
            windows.addLast(new ArrayList<>());
        }
    }

    void put(Bytes id, WireMessage message) {
        List<Bytes> newest = windows.getFirst();
        if (newest.size() < MAX_WINDOW && entries.putIfAbsent(id, new Entry(message)) == null) {
            newest.add(id);
        }
    }

    /** The message for {@code peer}, unless it got it {@code limit} times already. */
    Optional<WireMessage> take(Bytes id, PeerId peer, int limit) {
        Entry entry = entries.get(id);
        return entry != null && entry.sent.merge(peer, 1, Integer::sum) <= limit
                ? Optional.of(entry.message)
                : Optional.empty();
    }

    /** Identifiers of the topic's messages in the windows that are gossiped about. */
    List<Bytes> gossip(String topic) {
        List<Bytes> ids = new ArrayList<>();
        for (List<Bytes> window : windows.stream().limit(gossipWindows).toList()) {
            for (Bytes id : window) {
                Entry entry = entries.get(id);
                if (entry != null && entry.message.topic().equals(topic)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    /** Begins a new window and forgets the oldest. */
    void shift() {
        windows.removeLast().forEach(entries::remove);
        windows.addFirst(new ArrayList<>());
    }

    record Entry(WireMessage message, Map<PeerId, Integer> sent) {
        Entry(WireMessage message) {
            this(message, new HashMap<>());
        }
    }
}
