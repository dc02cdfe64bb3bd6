package io.pinfold.libp2p.host;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which version of our description went out over each connection last, so that a peer who asked too early, and could not be
 * sent a push yet, is told again. Thread-safe.
 */
final class Told {

    private final LongSupplier version;
    private final Map<PeerConnection, Long> versions = new ConcurrentHashMap<>();

    /** Nobody was told anything yet; {@code version} grows with each change, before anybody is told of it. */
    Told(LongSupplier version) {
        this.version = version;
    }

    /** Our description is about to be made and sent over {@code connection}. */
    void telling(PeerConnection connection) {
        versions.put(connection, version.getAsLong());
        if (!connection.isOpen()) {
            versions.remove(connection);
        }
    }

    /** Whether something was told that has changed since. */
    boolean isOutdated(PeerConnection connection) {
        Long last = versions.get(connection);
        return last != null && last != version.getAsLong();
    }

    /** Whether the last that was told has not changed since. */
    boolean isCurrent(PeerConnection connection) {
        return Long.valueOf(version.getAsLong()).equals(versions.get(connection));
    }

    /** {@code connection} has ended. */
    void forget(PeerConnection connection) {
        versions.remove(connection);
    }
}
