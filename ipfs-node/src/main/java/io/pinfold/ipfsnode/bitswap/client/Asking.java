package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.client.Wish.Phase;
import io.pinfold.ipfsnode.bitswap.client.Wish.State;
import io.pinfold.ipfsnode.bitswap.wire.Want;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks peers for what waits.
 *
 * <p>A wish is asked of one peer at a time, the best that {@link Ranking} finds with room; where that peer is a stranger to
 * the session, the other connected peers are asked whether they have the block. Wishes of all sessions take turns.
 * Guarded by the board's lock.
 */
final class Asking {

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

    private final Board board;
    private final Phases phases;
    private final Set<ClientPeer> news = new LinkedHashSet<>();
    private long heldBytes;

    Asking(Board board, Phases phases) {
        this.board = board;
        this.phases = phases;
    }

    /** Blocks wait in sessions with {@code bytes} more. */
    void held(long bytes) {
        heldBytes += bytes;
    }

    /** {@code peer} is to be told something at the next {@link #pump}. */
    void noteNews(ClientPeer peer) {
        news.add(peer);
    }

    /** Asks for what waits, as far as peers and memory have room, and sends what is to be told. */
    void pump() {
        boolean asked = board.peers().isEmpty() || board.peers().values().stream().anyMatch(ClientPeer::hasRoom);
        while (asked && !phases.hungry().isEmpty()) {
            asked = false;
            for (WantSession session : List.copyOf(phases.hungry())) {
                int count = feed(session);
                asked |= count > 0;
                if (session.queue().isEmpty()) {
                    phases.hungry().remove(session);
                } else if (count > 0) {
                    phases.hungry().remove(session);
                    phases.hungry().add(session);
                }
            }
        }
        for (ClientPeer peer : news) {
            if (peer.isUsable() && peer.hasNews()) {
                board.effects().send(peer);
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
            ClientPeer peer = board.ranking().pick(session, wish);
            if (peer != null) {
                waiting.remove();
                ask(session, wish, peer);
                asked++;
            } else if (board.ranking().hasCandidate(session, wish)) {
                passed++;
            } else {
                homeless.add(wish);
            }
        }
        if (board.peers().isEmpty()) {
            int room = Math.max(0, UNPROVEN_WISHES - session.stuck().size());
            session.queue().stream().limit(room).forEach(homeless::add);
        }
        homeless.forEach(phases::settle);
        return asked;
    }

    private boolean mayAsk(WantSession session, boolean proven) {
        return session.hasRoom(board.bounds().sessionBytes())
                && (session.inFlight() == 0 || heldBytes + expectedBytes() < board.bounds().bytes())
                && (proven || session.inFlight() + session.probing() + session.stuck().size() < UNPROVEN_WISHES)
                && board.ranking().anyRoom(session, proven);
    }

    private double expectedBytes() {
        double expected = 0;
        for (WantSession session : board.sessions()) {
            expected += session.expectedBytes() - session.readyBytes();
        }
        return expected;
    }

    private void ask(WantSession session, Wish wish, ClientPeer peer) {
        long now = board.now();
        boolean stranger = wish.state(peer) != State.HAS && !session.peer(peer).isProven();
        tellBlock(wish, peer, now);
        phases.enter(wish, Phase.ASKED);
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
        for (ClientPeer peer : board.peers().values()) {
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
        phases.settle(wish);
    }

    /** Tells peers that the wish is no more; {@code from} knows. */
    void cancel(Wish wish, @Nullable ClientPeer from) {
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
}
