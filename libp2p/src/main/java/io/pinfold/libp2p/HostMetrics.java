package io.pinfold.libp2p;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens in a host, by name, since its start: connections, refusals, resets, bounds that were hit.
 *
 * <p>Names are made by this module only, from constants and enum names, so there are a few dozen at most; no name holds
 * anything that a peer said.
 */
public final class HostMetrics {

    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

    /** Adds one to the counter {@code name}, lower case with underscores. */
    public void count(String name) {
        add(name, 1);
    }

    /** Adds one to the counter named {@code prefix} and the lower-case name of {@code kind}. */
    public void count(String prefix, Enum<?> kind) {
        count(prefix + "_" + kind.name().toLowerCase(Locale.ROOT));
    }

    /** Adds {@code amount} to the counter {@code name}. */
    public void add(String name, long amount) {
        counters.computeIfAbsent(name, _ -> new LongAdder()).add(amount);
    }

    /** The count of {@code name}, 0 if it was never counted. */
    public long get(String name) {
        LongAdder counter = counters.get(name);
        return counter == null ? 0 : counter.sum();
    }

    /** All counts, in the order of their names. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new TreeMap<>();
        counters.forEach((name, counter) -> snapshot.put(name, counter.sum()));
        return snapshot;
    }
}
