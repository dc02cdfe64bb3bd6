package io.pinfold.libp2p.host;

import io.pinfold.libp2p.StreamHandler;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The protocols that this host serves. Thread-safe. */
final class ProtocolTable {

    private final Map<String, StreamHandler> handlers = new ConcurrentHashMap<>();

    /** Adds or replaces the handler of {@code protocol}; whether the protocol is new. */
    boolean put(String protocol, StreamHandler handler) {
        return handlers.put(protocol, handler) == null;
    }

    /** Whether there was a handler of {@code protocol}. */
    boolean remove(String protocol) {
        return handlers.remove(protocol) != null;
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
