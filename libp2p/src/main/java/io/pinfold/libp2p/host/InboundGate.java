package io.pinfold.libp2p.host;

import java.util.HashMap;
import java.util.Map;

/** How many of something may be under way at once, in all and for each origin. Thread-safe. */
final class InboundGate {

    private final int total;
    private final int perGroup;
    private final Map<IpGroup, Integer> byGroup = new HashMap<>();
    private int count;

    InboundGate(int total, int perGroup) {
        this.total = total;
        this.perGroup = perGroup;
    }

    /** Takes a place for {@code group}; false if there is none. */
    synchronized boolean enter(IpGroup group) {
        if (count >= total || byGroup.getOrDefault(group, 0) >= perGroup) {
            return false;
        }
        count++;
        byGroup.merge(group, 1, Integer::sum);
        return true;
    }

    /** Gives a place of {@code group} back. */
    synchronized void leave(IpGroup group) {
        count--;
        byGroup.computeIfPresent(group, (_, places) -> places == 1 ? null : places - 1);
    }
}
