package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.ipfsnode.bitswap.BitswapConfig;
import io.pinfold.ipfsnode.bitswap.Providers;
import io.pinfold.ipfsnode.bitswap.wire.BitswapVersion;
import io.pinfold.ipfsnode.bitswap.wire.Counters;
import io.pinfold.ipfsnode.bitswap.wire.Message;
import io.pinfold.ipfsnode.bitswap.wire.Presence;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.limit.Threads;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Condition;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks other peers for blocks: sessions, the peers that are connected, and what these send. */
public final class BlockClient implements Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(BlockClient.class);

    /** The greatest number of sessions at once. */
    public static final int MAX_SESSIONS = 1_024;
    /** How much more than reckoned with may wait in a session before the streams are not read any more. */
    private static final int OVERSHOOT = 2;

    private final Host host;
    private final BitswapConfig.Client bounds;
    private final Dispatcher dispatcher;
    private final WantSender sender;
    private final Finder finder;
    private final Vigil vigil;
    private final Condition busy;
    private final Thread watch;
    private long sessionNumbers;
    private boolean closed;

    /** A client of {@code host}'s peers, on threads of {@code tasks}, by the clock {@code nanoTime}. */
    public BlockClient(Host host, BitswapConfig.Client bounds, Providers providers, Counters counters,
            ExecutorService tasks, LongSupplier nanoTime) {
        this.host = host;
        this.bounds = bounds;
        dispatcher = new Dispatcher(new Board(bounds, nanoTime, counters, new Doings()));
        sender = new WantSender(host, dispatcher, counters, tasks);
        finder = new Finder(host, dispatcher, bounds, providers, counters, tasks);
        vigil = new Vigil(dispatcher, bounds);
        busy = dispatcher.board().newCondition();
        watch = Thread.ofVirtual().name("bitswap-vigil").start(this::watch);
    }

    private final class Doings implements Effects {

        @Override
        public void send(ClientPeer peer) {
            sender.send(peer);
        }

        @Override
        public void search(WantSession session, Wish wish) {
            finder.search(session, wish);
        }

        @Override
        public void protect(PeerId peer, String tag) {
            host.protect(peer, tag);
        }

        @Override
        public void unprotect(PeerId peer, String tag) {
            host.unprotect(peer, tag);
        }
    }

    @Override
    public Exchange.Session open(Cid root, List<Multiaddr> origins) {
        WantSession session = dispatcher.board().locked(() -> {
            if (closed || dispatcher.board().sessions().size() >= MAX_SESSIONS) {
                throw new IllegalStateException(closed ? "Bitswap is closed" : "too many sessions");
            }
            WantSession opened = new WantSession(dispatcher, ++sessionNumbers, root, dispatcher.board().now(),
                    finder::end);
            dispatcher.open(opened);
            busy.signal();
            return opened;
        });
        finder.begin(session, origins);
        return session;
    }

    /** {@code peer} is connected and speaks Bitswap. */
    public void connected(PeerId peer) {
        dispatcher.board().locked(() -> {
            dispatcher.connected(peer);
            dispatcher.asking().pump();
        });
    }

    /** {@code peer} is connected no more. */
    public void disconnected(PeerId peer) {
        ClientPeer gone = dispatcher.board().locked(() -> {
            ClientPeer known = dispatcher.board().peers().get(peer);
            dispatcher.disconnected(peer);
            return known;
        });
        if (gone != null) {
            sender.forget(gone);
        }
    }

    /** {@code peer} broke the rules of the protocol. */
    public void offended(PeerId peer) {
        dispatcher.board().locked(() -> {
            ClientPeer known = dispatcher.board().peers().get(peer);
            if (known != null) {
                dispatcher.hearing().strike(known);
                dispatcher.asking().pump();
            }
        });
    }

    /** Takes the answers in a message of {@code peer}; waits while their session has far more than it can hold. */
    public Wanted received(PeerId peer, Message message) {
        if (message.blocks().isEmpty() && message.presences().isEmpty()) {
            return Wanted.NOTHING;
        }
        Set<WantSession> fed = Collections.newSetFromMap(new IdentityHashMap<>());
        Wanted wanted = dispatcher.board().locked(() -> take(peer, message, fed));
        fed.forEach(session -> session.awaitRoom(OVERSHOOT * bounds.sessionBytes()));
        return wanted;
    }

    /** How much of what came was wanted. */
    public record Wanted(long blocks, long bytes) {

        /** None of it. */
        public static final Wanted NOTHING = new Wanted(0, 0);
    }

    private Wanted take(PeerId id, Message message, Set<WantSession> fed) {
        ClientPeer peer = known(id);
        if (peer == null) {
            return Wanted.NOTHING;
        }
        dispatcher.hearing().heard(peer);
        for (Presence presence : message.presences()) {
            dispatcher.hearing().presence(peer, presence.cid().hash(), presence.have());
        }
        long blocks = 0;
        long bytes = 0;
        for (Block block : message.blocks()) {
            List<WantSession> takers = dispatcher.hearing().block(peer, block.cid().hash(), block.data());
            if (!takers.isEmpty()) {
                blocks++;
                bytes += block.data().size();
                fed.addAll(takers);
            }
        }
        dispatcher.asking().pump();
        return new Wanted(blocks, bytes);
    }

    private @Nullable ClientPeer known(PeerId id) {
        ClientPeer known = dispatcher.board().peers().get(id);
        if (known == null && !host.connections(id).isEmpty()) {
            return dispatcher.connected(id);
        }
        return known;
    }

    private void watch() {
        boolean over = false;
        while (!over) {
            boolean[] broadcast = {false};
            over = dispatcher.board().locked(() -> {
                try {
                    while (!closed && dispatcher.board().sessions().isEmpty()) {
                        busy.await();
                    }
                    long left = bounds.tick().toNanos();
                    while (!closed && left > 0) {
                        left = busy.awaitNanos(left);
                    }
                } catch (InterruptedException e) {
                    return true;
                }
                broadcast[0] = !closed && look();
                return closed;
            });
            if (broadcast[0]) {
                meetConnected();
            }
        }
    }

    private boolean look() {
        try {
            return vigil.look();
        } catch (RuntimeException e) {
            LOG.error("A bug in looking for what does not come", e);
            return false;
        }
    }

    /** Takes peers in again that failed before and are still connected, or that were missed. */
    public void meetConnected() {
        for (PeerId peer : new LinkedHashSet<>(host.connectedPeers())) {
            if (host.protocols(peer).stream().anyMatch(protocol -> BitswapVersion.of(protocol).isPresent())) {
                connected(peer);
            }
        }
    }

    /** Ends every session; the threads of {@code tasks} are ended by who made them. */
    @Override
    public void close() {
        List<WantSession> open = dispatcher.board().locked(() -> {
            closed = true;
            busy.signalAll();
            return List.copyOf(dispatcher.board().sessions());
        });
        open.forEach(WantSession::close);
        Threads.join(watch);
    }
}
