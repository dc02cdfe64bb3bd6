package io.pinfold.libp2p.sim;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A connection between two simulated hosts, and the streams on it. */
final class SimConnection {

    private final SimHost dialer;
    private final SimHost listener;
    private final Instant since;
    private final Set<SimStream> streams = new HashSet<>();
    private boolean closed;

    SimConnection(SimHost dialer, SimHost listener, Instant since) {
        this.dialer = dialer;
        this.listener = listener;
        this.since = since;
    }

    boolean dialledBy(SimHost host) {
        return dialer == host;
    }

    SimHost other(SimHost host) {
        return host == dialer ? listener : dialer;
    }

    Instant since() {
        return since;
    }

    /** Adds a stream; false when the connection is closed. */
    synchronized boolean add(SimStream stream) {
        return !closed && streams.add(stream);
    }

    synchronized void remove(SimStream stream) {
        streams.remove(stream);
    }

    /** Resets every stream. */
    synchronized void close() {
        closed = true;
        streams.forEach(SimStream::reset);
        streams.clear();
    }
}
