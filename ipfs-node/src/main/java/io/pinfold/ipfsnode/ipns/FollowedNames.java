package io.pinfold.ipfsnode.ipns;

import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The topics of the names that are followed, of at most so many that are not our own: for one more, the one that nobody asked
 * about for longest is left. Thread-safe.
 */
final class FollowedNames {

    private final int most;
    /** The one asked about longest ago first. */
    private final LinkedHashMap<IpnsName, Followed> followed = new LinkedHashMap<>(16, 0.75f, true);

    /** A topic, and the subscribers that were asked for their record already. */
    private static final class Followed {
        private final PubSub.Topic topic;
        private final boolean own;
        private final Set<PeerId> asked = new HashSet<>();

        Followed(PubSub.Topic topic, boolean own) {
            this.topic = topic;
            this.own = own;
        }
    }

    FollowedNames(int most) {
        this.most = most;
    }

    /**
     * Follows {@code name}, for good if it is one of our own.
     *
     * @param join subscribes to its topic
     * @return a topic to be left in exchange
     */
    synchronized Optional<PubSub.Topic> follow(IpnsName name, boolean own, Function<IpnsName, PubSub.Topic> join) {
        Followed there = followed.get(name);
        if (there != null && (there.own || !own)) {
            return Optional.empty();
        }
        Followed now = new Followed(there == null ? join.apply(name) : there.topic, own);
        followed.put(name, now);
        boolean tooMany = followed.values().stream().filter(one -> !one.own).count() > most;
        return tooMany ? takeOldest() : Optional.empty();
    }

    private Optional<PubSub.Topic> takeOldest() {
        var all = followed.values().iterator();
        while (all.hasNext()) {
            Followed oldest = all.next();
            if (!oldest.own) {
                all.remove();
                return Optional.of(oldest.topic);
            }
        }
        return Optional.empty();
    }

    synchronized Optional<PubSub.Topic> topic(IpnsName name) {
        return Optional.ofNullable(followed.get(name)).map(found -> found.topic);
    }

    /** The subscribers that were not asked yet, by name; they count as asked then, until they go away. */
    synchronized Map<IpnsName, List<PeerId>> newSubscribers() {
        Map<IpnsName, List<PeerId>> fresh = new HashMap<>();
        for (Map.Entry<IpnsName, Followed> entry : followed.sequencedEntrySet()) {
            Set<PeerId> peers = entry.getValue().topic.peers();
            Set<PeerId> asked = entry.getValue().asked;
            asked.retainAll(peers);
            List<PeerId> unasked = peers.stream().filter(asked::add).toList();
            if (!unasked.isEmpty()) {
                fresh.put(entry.getKey(), unasked);
            }
        }
        return fresh;
    }

    /** {@code peer} was away, and is to be asked again when it is back. */
    synchronized void away(PeerId peer) {
        followed.values().forEach(one -> one.asked.remove(peer));
    }

    /** The topics of our own names. */
    synchronized Map<IpnsName, PubSub.Topic> own() {
        Map<IpnsName, PubSub.Topic> own = new HashMap<>();
        followed.sequencedEntrySet().forEach(entry -> {
            if (entry.getValue().own) {
                own.put(entry.getKey(), entry.getValue().topic);
            }
        });
        return own;
    }

    /** Lets go of all, to be left. */
    synchronized List<PubSub.Topic> clear() {
        List<PubSub.Topic> all = new ArrayList<>();
        followed.values().forEach(one -> all.add(one.topic));
        followed.clear();
        return all;
    }
}
