package io.pinfold.follower.assembly;

import io.pinfold.libp2p.pubsub.gossip.PubSubMetrics;
import io.pinfold.rpc.RpcMeter;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happens in a peer, counted by name.
 *
 * <p>Names come from the program alone, never from other peers, so that their number is bounded.
 */
public final class Counters implements RpcMeter, PubSubMetrics {

    private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

    @Override
    public void count(String name, long amount) {
        counts.computeIfAbsent(name, _ -> new LongAdder()).add(amount);
    }

    @Override
    public void count(Event event) {
        count("gossip_" + event.name().toLowerCase(Locale.ROOT), 1);
    }

    /** The counts so far, by name. */
    public SortedMap<String, Long> snapshot() {
        SortedMap<String, Long> snapshot = new TreeMap<>();
        counts.forEach((name, count) -> snapshot.put(name, count.sum()));
        return snapshot;
    }
}
