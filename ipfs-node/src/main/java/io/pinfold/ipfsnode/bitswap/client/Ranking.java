package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.client.Wish.State;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Which peer is best for a wish: one that said that it has the block, then one that had others of the session, then one
 * that the session was told of, and only where there is none of these, any connected peer, the one first that delivered
 * last. Among equals the least busy, by its window and its rate of hits.
 */
final class Ranking {

    private final Collection<ClientPeer> connected;

    /** A ranking of the peers that {@code connected} holds at each call. */
    Ranking(Collection<ClientPeer> connected) {
        this.connected = connected;
    }

    /** The best peer with room; null if there is none, or if a better one than those with room is only busy. */
    @Nullable
    ClientPeer pick(WantSession session, Wish wish) {
        SessionPeer best = null;
        int bestRank = 0;
        boolean busy = false;
        for (SessionPeer known : session.peers().values()) {
            int rank = rank(known, wish.state(known.peer()));
            if (rank == 0) {
                continue;
            }
            if (!known.peer().hasRoom()) {
                busy = true;
            } else if (best == null || rank > bestRank || (rank == bestRank && known.load() < best.load())) {
                best = known;
                bestRank = rank;
            }
        }
        if (best != null) {
            return best.peer();
        }
        return busy ? null : pickStranger(session, wish);
    }

    private @Nullable ClientPeer pickStranger(WantSession session, Wish wish) {
        ClientPeer best = null;
        for (ClientPeer peer : connected) {
            if (isStrangerToTry(session, wish, peer) && peer.hasRoom()
                    && (best == null || peer.usefulAt() > best.usefulAt())) {
                best = peer;
            }
        }
        return best;
    }

    /** Whether somebody could be asked for the wish, now or when there is room. */
    boolean hasCandidate(WantSession session, Wish wish) {
        for (SessionPeer known : session.peers().values()) {
            if (rank(known, wish.state(known.peer())) > 0) {
                return true;
            }
        }
        for (ClientPeer peer : connected) {
            if (isStrangerToTry(session, wish, peer)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any peer that the session would ask has room. */
    boolean anyRoom(WantSession session, boolean proven) {
        if (proven) {
            for (SessionPeer known : session.peers().values()) {
                if (known.peer().isUsable() && !known.isDistrusted() && known.peer().hasRoom()) {
                    return true;
                }
            }
            return false;
        }
        for (ClientPeer peer : connected) {
            if (peer.hasRoom()) {
                return true;
            }
        }
        return false;
    }

    /** How good a peer of the session is for a wish, 0 for not at all. */
    private static int rank(SessionPeer known, @Nullable State state) {
        if (!known.peer().isUsable() || known.isDistrusted() || state == State.ASKED || state == State.LACKS) {
            return 0;
        }
        if (state == State.HAS) {
            return 3;
        }
        if (known.isProven()) {
            return 2;
        }
        return state == null && known.isOrigin() ? 1 : 0;
    }

    private static boolean isStrangerToTry(WantSession session, Wish wish, ClientPeer peer) {
        State state = wish.state(peer);
        SessionPeer known = session.peers().get(peer);
        boolean stranger = known == null || !(known.isOrigin() || known.isProven() || known.isDistrusted());
        return stranger && peer.isUsable() && (state == null || state == State.HAS);
    }
}
