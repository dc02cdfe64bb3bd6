package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.client.Wish.Phase;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.List;

/**
 * The client's state as its other parts see it: sessions come and go, and so do peers; what is to be asked of whom follows.
 *
 * <p>Guarded by the board's lock, which the callers take.
 */
final class Dispatcher {

    private final Board board;
    private final Phases phases;
    private final Asking asking;
    private final Hearing hearing;

    Dispatcher(Board board) {
        this.board = board;
        phases = new Phases(board);
        asking = new Asking(board, phases);
        hearing = new Hearing(board, phases, asking);
    }

    Board board() {
        return board;
    }

    Asking asking() {
        return asking;
    }

    Hearing hearing() {
        return hearing;
    }

    void open(WantSession session) {
        board.sessions().add(session);
    }

    /** Takes a session's wish; a block that another session wants already is not asked for again. */
    void wish(WantSession session, Cid cid) {
        Wish existing = board.wishes().get(cid.hash());
        if (existing != null) {
            existing.sessions().add(session);
            return;
        }
        Wish wish = new Wish(cid);
        wish.sessions().add(session);
        board.wishes().put(cid.hash(), wish);
        session.queue().add(wish);
        phases.hungry().add(session);
    }

    /** A session's owner took {@code bytes}. */
    void taken(WantSession session, int bytes) {
        asking.held(-bytes);
        if (phases.hungry().contains(session)) {
            asking.pump();
        }
    }

    void close(WantSession session) {
        board.locked(() -> {
            if (!board.sessions().remove(session)) {
                return;
            }
            session.end().forEach(hash -> unwish(session, hash));
            phases.hungry().remove(session);
            session.peers().keySet().forEach(peer -> board.effects().unprotect(peer.id(), session.tag()));
            asking.pump();
        });
    }

    /** Takes back a session's wish. */
    void unwish(WantSession session, Multihash hash) {
        Wish wish = board.wishes().get(hash);
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
        phases.leave(wish);
        wish.sessions().remove(session);
        if (wish.sessions().isEmpty()) {
            board.wishes().remove(wish.hash());
            asking.cancel(wish, null);
        } else {
            phases.enter(wish, Phase.PROBING);
            phases.settle(wish);
        }
    }

    /** A peer that speaks Bitswap is connected. */
    ClientPeer connected(PeerId id) {
        ClientPeer known = board.peers().get(id);
        if (known != null) {
            return known;
        }
        ClientPeer peer = new ClientPeer(id, board.now());
        board.peers().put(id, peer);
        for (WantSession session : board.sessions()) {
            resettle(session);
        }
        return peer;
    }

    /** Has stuck wishes of {@code session} tried again, as far as somebody may have them now. */
    void resettle(WantSession session) {
        session.stuck().stream().limit(Asking.UNPROVEN_WISHES).toList().forEach(phases::settle);
    }

    /** A peer is gone, or takes no messages; what it owed is asked of others. */
    void disconnected(PeerId id) {
        ClientPeer peer = board.peers().remove(id);
        if (peer == null) {
            return;
        }
        List<Wish> orphans = new ArrayList<>();
        for (Multihash hash : peer.toldHashes()) {
            Wish wish = board.wishes().get(hash);
            if (wish != null) {
                wish.setState(peer, null);
                orphans.add(wish);
            }
        }
        peer.giveUp();
        board.sessions().forEach(session -> session.peers().remove(peer));
        orphans.forEach(phases::settleIfIdle);
        asking.pump();
    }
}
