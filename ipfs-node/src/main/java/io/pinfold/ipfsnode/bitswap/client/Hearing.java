package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.client.Wish.State;
import io.pinfold.ipfsnode.bitswap.wire.Counters.Count;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;
import java.util.List;

/** Takes what peers answer: HAVE, DONT_HAVE, blocks, and what nobody asked for. Guarded by the board's lock. */
final class Hearing {

    private final Board board;
    private final Phases phases;
    private final Asking asking;

    Hearing(Board board, Phases phases, Asking asking) {
        this.board = board;
        this.phases = phases;
        this.asking = asking;
    }

    /** {@code peer} sent answers; if it had been silent for too long, it is one to ask again. */
    void heard(ClientPeer peer) {
        peer.heard(board.now());
        if (!peer.takeStalled()) {
            return;
        }
        for (Multihash hash : peer.toldHashes()) {
            Wish wish = board.wishes().get(hash);
            if (wish != null && wish.state(peer) == State.LACKS) {
                wish.setState(peer, null);
                phases.settleIfIdle(wish);
            }
        }
    }

    /** {@code peer} said whether it has a block. */
    void presence(ClientPeer peer, Multihash hash, boolean have) {
        Wish wish = board.wishes().get(hash);
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
            phases.settleIfIdle(wish);
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
            asking.noteNews(peer);
        }
        phases.settleIfIdle(wish);
    }

    /** A block came from {@code peer}, its hash compared; the sessions that it was delivered to. */
    List<WantSession> block(ClientPeer peer, Multihash hash, Bytes data) {
        Wish wish = board.wishes().remove(hash);
        if (wish == null) {
            if (peer.wasLate(hash)) {
                board.counters().add(Count.BLOCKS_DUPLICATE);
            } else {
                board.counters().add(Count.BLOCKS_UNASKED);
                strike(peer);
            }
            return List.of();
        }
        board.counters().add(Count.BLOCKS_IN);
        board.counters().add(Count.BYTES_IN, data.size());
        long now = board.now();
        peer.delivered(now, board.bounds().window());
        phases.leave(wish);
        asking.cancel(wish, peer);
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
            board.effects().protect(peer.id(), session.tag());
        }
        known.hit();
    }

    /** {@code peer} sent what nobody asked for, or broke a rule. */
    void strike(ClientPeer peer) {
        peer.strike();
        for (WantSession session : board.sessions()) {
            SessionPeer known = session.peers().get(peer);
            if (known != null && known.losesTrust()) {
                board.counters().add(Count.PEERS_DISTRUSTED);
                moveAway(peer, session);
            }
        }
    }

    private void moveAway(ClientPeer peer, WantSession session) {
        List<Wish> owed = peer.asked().keySet().stream().filter(wish -> wish.lead() == session).toList();
        owed.forEach(wish -> lacks(peer, wish));
    }
}
