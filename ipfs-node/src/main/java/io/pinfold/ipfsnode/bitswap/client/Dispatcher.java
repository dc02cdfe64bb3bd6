package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.BitswapConfig;
import io.pinfold.ipfsnode.bitswap.client.Wish.Phase;
import io.pinfold.ipfsnode.bitswap.client.Wish.State;
import io.pinfold.ipfsnode.bitswap.wire.Counters;
import io.pinfold.ipfsnode.bitswap.wire.Counters.Count;
import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whom to ask for which block. Holds the one lock of the client, and does no I/O.
 *
 * <p>A wish is asked of one peer at a time, the best that {@link Ranking} finds with room; where that peer is a stranger to
 * the session, the other connected peers are asked whether they have the block. Whoever delivered is asked first from then
 * on. Wishes of all sessions take turns.
 */
final class Dispatcher {

    /** Wishes of a session that are asked or probed at once while no peer is known to have anything of it. */
    static final int UNPROVEN_WISHES = 64;
    /** The greatest number of peers that are asked whether they have a block. */
    static final int MAX_PROBED = 64;
    /** Wishes of a session that are asked before it is another's turn. */
    private static final int TURN = 32;
    /** Wishes that are passed over, in search for one that a peer with room may have. */
    private static final int MAX_PASSED = 64;
    /** A peer that delivered within this time is asked alone first, since it has most likely what is wanted next. */
    private static final long HOT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final BitswapConfig.Client bounds;
    private final LongSupplier clock;
    private final Counters counters;
    private final Effects effects;
    private final Ranking ranking;
    private final Map<PeerId, ClientPeer> peers = new LinkedHashMap<>();
    private final Map<Multihash, Wish> wishes = new HashMap<>();
    private final Set<WantSession> sessions = new LinkedHashSet<>();
    private final Set<WantSession> hungry = new LinkedHashSet<>();
    private final Set<ClientPeer> news = new LinkedHashSet<>();
    private long heldBytes;

    Dispatcher(BitswapConfig.Client bounds, LongSupplier clock, Counters counters, Effects effects) {
        this.bounds = bounds;
        this.clock = clock;
        this.counters = counters;
        this.effects = effects;
        ranking = new Ranking(peers.values());
    }

    Condition newCondition() {
        return lock.newCondition();
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    long now() {
        return clock.getAsLong();
    }

    Set<WantSession> sessions() {
        return sessions;
    }

    Map<PeerId, ClientPeer> peers() {
        return peers;
    }

    Counters counters() {
        return counters;
    }

    Effects effects() {
        return effects;
    }

    Ranking ranking() {
        return ranking;
    }

    // ---- sessions

    void open(WantSession session) {
        sessions.add(session);
    }

    /** Takes a session's wish; a block that another session wants already is not asked for again. */
    void wish(WantSession session, Cid cid) {
        Wish existing = wishes.get(cid.hash());
        if (existing != null) {
            existing.sessions().add(session);
            return;
        }
        Wish wish = new Wish(cid);
        wish.sessions().add(session);
        wishes.put(cid.hash(), wish);
        session.queue().add(wish);
        hungry.add(session);
    }

    /** A session's owner took {@code bytes}. */
    void taken(WantSession session, int bytes) {
        heldBytes -= bytes;
        if (hungry.contains(session)) {
            pump();
        }
    }

    /** Blocks wait in sessions with {@code bytes} more. */
    void held(int bytes) {
        heldBytes += bytes;
    }

    void close(WantSession session) {
        locked(() -> {
            if (!sessions.remove(session)) {
                return;
            }
            session.end().forEach(hash -> unwish(session, hash));
            hungry.remove(session);
            session.peers().keySet().forEach(peer -> effects.unprotect(peer.id(), session.tag()));
            pump();
        });
    }

    /** Takes back a session's wish. */
    void unwish(WantSession session, Multihash hash) {
        Wish wish = wishes.get(hash);
        if (wish != null) {
            withdraw(session, wish);
        }
    }

    private void withdraw(WantSession session, Wish wish) {
        boolean led = wish.lead() == session;
        if (!led) {
            wish.sessions().remove(session);
            return;
        }
        leave(wish);
        wish.sessions().remove(session);
        if (wish.sessions().isEmpty()) {
            wishes.remove(wish.hash());
            cancel(wish, null);
        } else {
            enter(wish, Phase.PROBING);
            settle(wish);
        }
    }

    // ---- peers

    /** A peer that speaks Bitswap is connected. */
    ClientPeer connected(PeerId id) {
        ClientPeer known = peers.get(id);
        if (known != null) {
            return known;
        }
        ClientPeer peer = new ClientPeer(id, now());
        peers.put(id, peer);
        for (WantSession session : sessions) {
            resettle(session);
        }
        return peer;
    }

    /** Has stuck wishes of {@code session} tried again, as far as somebody may have them now. */
    void resettle(WantSession session) {
        session.stuck().stream().limit(UNPROVEN_WISHES).toList().forEach(this::settle);
    }

    /** A peer is gone, or takes no messages; what it owed is asked of others. */
    void disconnected(PeerId id) {
        ClientPeer peer = peers.remove(id);
        if (peer == null) {
            return;
        }
        List<Wish> orphans = new ArrayList<>();
        for (Multihash hash : peer.toldHashes()) {
            Wish wish = wishes.get(hash);
            if (wish != null) {
                wish.setState(peer, null);
                orphans.add(wish);
            }
        }
        news.remove(peer);
        peer.giveUp();
        sessions.forEach(session -> session.peers().remove(peer));
        orphans.forEach(this::settleIfIdle);
        pump();
    }

    // ---- answers

    /** {@code peer} sent answers; if it had been silent for too long, it is one to ask again. */
    void heard(ClientPeer peer) {
        peer.heard(now());
        if (!peer.takeStalled()) {
            return;
        }
        for (Multihash hash : peer.toldHashes()) {
            Wish wish = wishes.get(hash);
            if (wish != null && wish.state(peer) == State.LACKS) {
                wish.setState(peer, null);
                settleIfIdle(wish);
            }
        }
    }

    /** The wishes that {@code session} leads. */
    List<Wish> wishesOf(WantSession session) {
        List<Wish> led = new ArrayList<>();
        for (Multihash hash : session.wanted()) {
            Wish wish = wishes.get(hash);
            if (wish != null && wish.lead() == session) {
                led.add(wish);
            }
        }
        return led;
    }

    /** {@code peer} said whether it has a block. */
    void presence(ClientPeer peer, Multihash hash, boolean have) {
        Wish wish = wishes.get(hash);
        State state = wish == null ? null : wish.state(peer);
        if (wish == null || (state != State.ASKED && state != State.PROBED)) {
            return;
        }
        if (!have) {
            lacks(peer, wish);
        } else if (state == State.PROBED) {
            peer.answered(hash);
            wish.setState(peer, State.HAS);
            wish.sessions().forEach(session -> prove(session, peer));
            settleIfIdle(wish);
        }
    }

    /** {@code peer} has not got what it was asked for, or does not answer. */
    void lacks(ClientPeer peer, Wish wish) {
        wish.setState(peer, State.LACKS);
        peer.asked().remove(wish);
        SessionPeer known = wish.lead().peers().get(peer);
        if (known != null) {
            known.miss();
        }
        if (!peer.hasRoomToRemember()) {
            peer.untell(wish.hash(), false);
            news.add(peer);
        }
        settleIfIdle(wish);
    }

    /** A block came from {@code peer}, its hash compared; the sessions that it was delivered to. */
    List<WantSession> block(ClientPeer peer, Multihash hash, Bytes data) {
        Wish wish = wishes.remove(hash);
        if (wish == null) {
            if (peer.wasLate(hash)) {
                counters.add(Count.BLOCKS_DUPLICATE);
            } else {
                counters.add(Count.BLOCKS_UNASKED);
                strike(peer);
            }
            return List.of();
        }
        counters.add(Count.BLOCKS_IN);
        counters.add(Count.BYTES_IN, data.size());
        long now = now();
        peer.delivered(now, bounds.window());
        leave(wish);
        cancel(wish, peer);
        for (WantSession session : wish.sessions()) {
            prove(session, peer);
            session.progressed(now);
            session.deliver(hash, data);
        }
        return wish.sessions();
    }

    private void prove(WantSession session, ClientPeer peer) {
        SessionPeer known = session.peer(peer);
        if (!known.isProven()) {
            effects.protect(peer.id(), session.tag());
        }
        known.hit();
    }

    /** {@code peer} sent what nobody asked for, or broke a rule. */
    void strike(ClientPeer peer) {
        peer.strike();
        for (WantSession session : sessions) {
            SessionPeer known = session.peers().get(peer);
            if (known != null && known.losesTrust()) {
                counters.add(Count.PEERS_DISTRUSTED);
                moveAway(peer, session);
            }
        }
    }

    private void moveAway(ClientPeer peer, WantSession session) {
        List<Wish> owed = peer.asked().keySet().stream().filter(wish -> wish.lead() == session).toList();
        owed.forEach(wish -> lacks(peer, wish));
    }

    /** Tells peers that the wish is no more; {@code from} knows. */
    private void cancel(Wish wish, @Nullable ClientPeer from) {
        for (ClientPeer peer : wish.peers()) {
            peer.asked().remove(wish);
            if (peer == from) {
                peer.gave(wish.hash());
            } else {
                State state = wish.state(peer);
                peer.untell(wish.hash(), state == State.ASKED || state == State.PROBED);
                news.add(peer);
            }
        }
    }

    // ---- phases

    private void leave(Wish wish) {
        WantSession session = wish.lead();
        switch (wish.phase()) {
            case QUEUED -> session.queue().remove(wish);
            case ASKED -> session.addInFlight(-1);
            case PROBING -> session.addProbing(-1);
            case STUCK -> session.stuck().remove(wish);
        }
    }

    private void enter(Wish wish, Phase phase) {
        wish.setPhase(phase);
        WantSession session = wish.lead();
        switch (phase) {
            case QUEUED -> {
                session.queue().addFirst(wish);
                hungry.add(session);
            }
            case ASKED -> session.addInFlight(1);
            case PROBING -> session.addProbing(1);
            case STUCK -> session.stuck().add(wish);
        }
    }

    private void move(Wish wish, Phase phase) {
        if (wish.phase() != phase) {
            leave(wish);
            enter(wish, phase);
        }
    }

    private void settleIfIdle(Wish wish) {
        if (wish.phase() != Phase.QUEUED) {
            settle(wish);
        }
    }

    /** Moves {@code wish} to where it belongs, given what is known of the peers. */
    void settle(Wish wish) {
        if (wish.asks() > 0) {
            move(wish, Phase.ASKED);
        } else if (ranking.hasCandidate(wish.lead(), wish)) {
            move(wish, Phase.QUEUED);
        } else if (wish.probes() > 0) {
            move(wish, Phase.PROBING);
        } else {
            move(wish, Phase.STUCK);
            effects.search(wish.lead(), wish);
        }
    }

    // ---- asking

    /** Asks for what waits, as far as peers and memory have room, and sends what is to be told. */
    void pump() {
        boolean asked = peers.isEmpty() || peers.values().stream().anyMatch(ClientPeer::hasRoom);
        while (asked && !hungry.isEmpty()) {
            asked = false;
            for (WantSession session : List.copyOf(hungry)) {
                int count = feed(session);
                asked |= count > 0;
                if (session.queue().isEmpty()) {
                    hungry.remove(session);
                } else if (count > 0) {
                    hungry.remove(session);
                    hungry.add(session);
                }
            }
        }
        for (ClientPeer peer : news) {
            if (peer.isUsable() && peer.hasNews()) {
                effects.send(peer);
            }
        }
        news.clear();
    }

    private int feed(WantSession session) {
        int asked = 0;
        int passed = 0;
        boolean proven = session.hasProvenPeer();
        List<Wish> homeless = new ArrayList<>();
        Iterator<Wish> waiting = session.queue().iterator();
        while (waiting.hasNext() && asked < TURN && passed < MAX_PASSED && mayAsk(session, proven)) {
            Wish wish = waiting.next();
            ClientPeer peer = ranking.pick(session, wish);
            if (peer != null) {
                waiting.remove();
                ask(session, wish, peer);
                asked++;
            } else if (ranking.hasCandidate(session, wish)) {
                passed++;
            } else {
                homeless.add(wish);
            }
        }
        if (peers.isEmpty()) {
            int room = Math.max(0, UNPROVEN_WISHES - session.stuck().size());
            session.queue().stream().limit(room).forEach(homeless::add);
        }
        homeless.forEach(this::settle);
        return asked;
    }

    private boolean mayAsk(WantSession session, boolean proven) {
        return session.hasRoom(bounds.sessionBytes())
                && (session.inFlight() == 0 || heldBytes + expectedBytes() < bounds.bytes())
                && (proven || session.inFlight() + session.probing() + session.stuck().size() < UNPROVEN_WISHES)
                && ranking.anyRoom(session, proven);
    }

    private double expectedBytes() {
        double expected = 0;
        for (WantSession session : sessions) {
            expected += session.expectedBytes() - session.readyBytes();
        }
        return expected;
    }

    private void ask(WantSession session, Wish wish, ClientPeer peer) {
        long now = now();
        boolean stranger = wish.state(peer) != State.HAS && !session.peer(peer).isProven();
        tellBlock(wish, peer, now);
        enter(wish, Phase.ASKED);
        if (stranger && now - peer.usefulAt() > HOT_NANOS) {
            probe(wish);
        }
    }

    /** Asks {@code peer} for the block, beside others perhaps. */
    void tellBlock(Wish wish, ClientPeer peer, long now) {
        wish.setState(peer, State.ASKED);
        peer.asked().put(wish, now);
        peer.tell(Want.block(wish.cid(), 1));
        news.add(peer);
    }

    /** Asks all peers that nothing is known of whether they have the block. */
    void probe(Wish wish) {
        int probed = wish.probes();
        for (ClientPeer peer : peers.values()) {
            if (probed >= MAX_PROBED) {
                return;
            }
            SessionPeer known = wish.lead().peers().get(peer);
            boolean trusted = known == null || !known.isDistrusted();
            if (wish.state(peer) == null && trusted && !peer.isLegacy() && peer.canBeTold()) {
                wish.setState(peer, State.PROBED);
                peer.tell(Want.have(wish.cid(), 1));
                news.add(peer);
                probed++;
            }
        }
    }

    /** Forgets what peers said of a wish, so that they are asked anew. */
    void forget(Wish wish) {
        for (ClientPeer peer : wish.peers()) {
            wish.setState(peer, null);
            peer.asked().remove(wish);
        }
        settle(wish);
    }
}
