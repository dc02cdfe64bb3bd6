package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.client.Wish.Phase;
import java.util.LinkedHashSet;
import java.util.Set;

/** Moves wishes from phase to phase, and keeps the books of their leads. Guarded by the board's lock. */
final class Phases {

    private final Board board;
    private final Set<WantSession> hungry = new LinkedHashSet<>();

    Phases(Board board) {
        this.board = board;
    }

    /** The sessions with wishes in their queue, in the order of their turns. */
    Set<WantSession> hungry() {
        return hungry;
    }

    /** Takes {@code wish} out of the phase it is in. */
    void leave(Wish wish) {
        WantSession session = wish.lead();
        switch (wish.phase()) {
            case QUEUED -> session.queue().remove(wish);
            case ASKED -> session.addInFlight(-1);
            case PROBING -> session.addProbing(-1);
            case STUCK -> session.stuck().remove(wish);
        }
    }

    /** Puts {@code wish}, which is in no phase, into one. */
    void enter(Wish wish, Phase phase) {
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

    /** Moves {@code wish} to where it belongs, unless it is queued already. */
    void settleIfIdle(Wish wish) {
        if (wish.phase() != Phase.QUEUED) {
            settle(wish);
        }
    }

    /** Moves {@code wish} to where it belongs, given what is known of the board.peers(). */
    void settle(Wish wish) {
        if (wish.asks() > 0) {
            move(wish, Phase.ASKED);
        } else if (board.ranking().hasCandidate(wish.lead(), wish)) {
            move(wish, Phase.QUEUED);
        } else if (wish.probes() > 0) {
            move(wish, Phase.PROBING);
        } else {
            move(wish, Phase.STUCK);
            board.effects().search(wish.lead(), wish);
        }
    }
}
