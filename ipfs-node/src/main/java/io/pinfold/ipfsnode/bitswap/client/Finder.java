package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.BitswapConfig;
import io.pinfold.ipfsnode.bitswap.Providers;
import io.pinfold.ipfsnode.bitswap.wire.Counters;
import io.pinfold.ipfsnode.bitswap.wire.Counters.Count;
import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.Host;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to peers that are likely to have what a session wants: its origins, and providers that were looked up. */
final class Finder {

    /** The greatest number of peers that are dialled for a session at once. */
    static final int MAX_PEERS = 16;
    /** The greatest number of peers that are dialled at once for all sessions; more wait. */
    static final int MAX_DIALS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Finder.class);

    private final Host host;
    private final Dispatcher dispatcher;
    private final BitswapConfig.Client bounds;
    private final Providers providers;
    private final Counters counters;
    private final ExecutorService tasks;
    private final Semaphore dials = new Semaphore(MAX_DIALS, true);
    private final Map<WantSession, List<Multiaddr>> origins = new ConcurrentHashMap<>();

    Finder(Host host, Dispatcher dispatcher, BitswapConfig.Client bounds, Providers providers, Counters counters,
            ExecutorService tasks) {
        this.host = host;
        this.dispatcher = dispatcher;
        this.bounds = bounds;
        this.providers = providers;
        this.counters = counters;
        this.tasks = tasks;
    }

    /** Makes {@code addresses} the origins of {@code session}: those that are connected are its peers at once. */
    void begin(WantSession session, List<Multiaddr> addresses) {
        if (!addresses.isEmpty()) {
            origins.put(session, List.copyOf(addresses));
            join(session, addresses);
        }
    }

    /** The session is over. */
    void end(WantSession session) {
        origins.remove(session);
    }

    /** Looks up providers for {@code session}, unless that was done lately; under the board's lock. */
    void search(WantSession session, Wish wish) {
        long now = dispatcher.board().now();
        boolean recent = session.searchedAt() != Long.MIN_VALUE
                && now - session.searchedAt() < bounds.rebroadcast().toNanos();
        boolean nobody = providers == Providers.NONE && !origins.containsKey(session);
        if (session.isClosed() || session.isSearching() || recent || nobody) {
            return;
        }
        session.setSearching(true, now);
        Cid cid = wish.cid();
        boolean begun = execute(() -> {
            try {
                lookUp(session, cid);
            } finally {
                dispatcher.board().locked(() -> session.setSearching(false, dispatcher.board().now()));
            }
        });
        if (!begun) {
            session.setSearching(false, now);
        }
    }

    private void lookUp(WantSession session, Cid cid) {
        join(session, origins.getOrDefault(session, List.of()));
        if (providers == Providers.NONE) {
            return;
        }
        counters.add(Count.SEARCHES);
        List<Multiaddr> found = providers.find(session.root());
        if (found.isEmpty() && !cid.equals(session.root())) {
            found = providers.find(cid);
        }
        join(session, found);
    }

    private void join(WantSession session, List<Multiaddr> addresses) {
        Map<PeerId, List<Multiaddr>> byPeer = new LinkedHashMap<>();
        for (Multiaddr address : addresses) {
            address.peerId().filter(peer -> !peer.equals(host.id())).ifPresent(peer -> {
                if (byPeer.containsKey(peer) || byPeer.size() < MAX_PEERS) {
                    byPeer.computeIfAbsent(peer, _ -> new ArrayList<>()).add(address);
                }
            });
        }
        byPeer.forEach((peer, known) -> {
            if (!host.connections(peer).isEmpty()) {
                add(session, peer);
            } else if (!beginDial(session, peer, known)) {
                LOG.debug("Not dialled any more: {}", peer);
            }
        });
    }

    private boolean beginDial(WantSession session, PeerId peer, List<Multiaddr> addresses) {
        dispatcher.board().locked(() -> session.addDialling(1));
        boolean begun = execute(() -> {
            try {
                dial(session, peer, addresses);
            } finally {
                dispatcher.board().locked(() -> session.addDialling(-1));
            }
        });
        if (!begun) {
            dispatcher.board().locked(() -> session.addDialling(-1));
        }
        return begun;
    }

    private void dial(WantSession session, PeerId peer, List<Multiaddr> addresses) {
        try {
            dials.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (dispatcher.board().locked(session::isClosed)) {
                return;
            }
            DialResult result = host.connect(peer, addresses, bounds.dial());
            if (result instanceof DialResult.Connected) {
                add(session, peer);
            } else {
                LOG.debug("No provider at {}: {}", peer, result);
            }
        } finally {
            dials.release();
        }
    }

    private void add(WantSession session, PeerId peer) {
        dispatcher.board().locked(() -> {
            if (!session.isClosed()) {
                session.peer(dispatcher.connected(peer)).setOrigin();
                dispatcher.resettle(session);
                dispatcher.asking().pump();
            }
        });
    }

    private boolean execute(Runnable work) {
        try {
            tasks.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
