package io.pinfold.libp2p.host;

import io.pinfold.libp2p.StreamHandler;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The protocols that this host serves. Thread-safe. */
final class ProtocolTable {

    private final Map<String, StreamHandler> handlers = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();

    /** Adds or replaces the handler of {@code protocol}; whether the protocol is new. */
    boolean put(String protocol, StreamHandler handler) {
        boolean added = handlers.put(protocol, handler) == null;
        if (added) {
            version.incrementAndGet();
        }
        return added;
    }

    /** Whether there was a handler of {@code protocol}. */
    boolean remove(String protocol) {
        boolean removed = handlers.remove(protocol) != null;
        if (removed) {
            version.incrementAndGet();
        }
        return removed;
    }

    /** Grows with each change of the names, right after it. */
    long version() {
        return version.get();
    }

    boolean has(String protocol) {
        return handlers.containsKey(protocol);
    }

    Optional<StreamHandler> find(String protocol) {
        return Optional.ofNullable(handlers.get(protocol));
    }

    /** The names, in order. */
    Set<String> names() {
        return new TreeSet<>(handlers.keySet());
    }
}
