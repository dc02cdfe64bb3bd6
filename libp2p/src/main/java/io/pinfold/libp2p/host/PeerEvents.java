package io.pinfold.libp2p.host;

import io.pinfold.libp2p.HostListener;
import io.pinfold.libp2p.limit.Threads;
import io.pinfold.multiformats.PeerId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of peers coming and going, on one virtual thread, for each peer in order.
 *
 * <p>What is kept for a peer is its present state and what was told, not a list of what happened: a peer that comes and
 * goes many times while a listener is busy costs no more than one that came and went once. So memory is bounded by the
 * number of connected peers, and whoever reports an event never waits.
 */
public final class PeerEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerEvents.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<PeerId, Presence> presences = new HashMap<>();
    private final Set<PeerId> dirty = new LinkedHashSet<>();
    private final List<HostListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private boolean closed;

    /** Events of the host that {@code name} names in thread dumps. */
    public PeerEvents(String name) {
        thread = Thread.ofVirtual().name("peer-events-" + name).start(this::run);
    }

    /** Tells {@code listener} of what happens from now on. */
    public void add(HostListener listener) {
        listeners.add(listener);
    }

    /** The first connection to {@code peer} opened. */
    public void connected(PeerId peer) {
        change(peer, presence -> {
            presence.connected = true;
            presence.arrivals++;
            presence.toldIdentifications = presence.identifications;
        });
    }

    /** {@code peer} said which protocols it speaks; without effect when it is not connected. */
    public void identified(PeerId peer) {
        change(peer, presence -> presence.identifications += presence.connected ? 1 : 0);
    }

    /** The last connection to {@code peer} ended. */
    public void disconnected(PeerId peer) {
        change(peer, presence -> presence.connected = false);
    }

    /** Tells what is outstanding, then ends; must not be called by a listener. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        Threads.join(thread);
    }

    private void change(PeerId peer, Consumer<Presence> change) {
        lock.lock();
        try {
            change.accept(presences.computeIfAbsent(peer, _ -> new Presence()));
            dirty.add(peer);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (Step step = next(); step != null; step = next()) {
            for (HostListener listener : listeners) {
                tell(listener, step);
            }
        }
    }

    private @Nullable Step next() {
        lock.lock();
        try {
            while (true) {
                while (dirty.isEmpty()) {
                    if (closed) {
                        return null;
                    }
                    news.awaitUninterruptibly();
                }
                PeerId peer = dirty.iterator().next();
                Presence presence = presences.computeIfAbsent(peer, _ -> new Presence());
                Event event = presence.advance();
                if (event != null) {
                    return new Step(peer, event);
                }
                dirty.remove(peer);
                if (!presence.connected) {
                    presences.remove(peer);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static void tell(HostListener listener, Step step) {
        try {
            switch (step.event) {
                case CONNECTED -> listener.connected(step.peer);
                case IDENTIFIED -> listener.identified(step.peer);
                case DISCONNECTED -> listener.disconnected(step.peer);
            }
        } catch (RuntimeException e) {
            LOG.error("A listener failed on {} of {}", step.event, step.peer, e);
        }
    }

    private enum Event {
        CONNECTED, IDENTIFIED, DISCONNECTED
    }

    private record Step(PeerId peer, Event event) {}

    /** What is so, and what was told. */
    private static final class Presence {
        private boolean connected;
        private long arrivals;
        private long identifications;
        private boolean toldConnected;
        private long toldArrivals;
        private long toldIdentifications;

        /** The next event that brings what was told nearer to what is so; null when nothing is left to tell. */
        private @Nullable Event advance() {
            if (toldConnected && (!connected || toldArrivals != arrivals)) {
                toldConnected = false;
                return Event.DISCONNECTED;
            }
            if (!connected) {
                return null;
            }
            if (!toldConnected) {
                toldConnected = true;
                toldArrivals = arrivals;
                return Event.CONNECTED;
            }
            if (toldIdentifications != identifications) {
                toldIdentifications = identifications;
                return Event.IDENTIFIED;
            }
            return null;
        }
    }
}
