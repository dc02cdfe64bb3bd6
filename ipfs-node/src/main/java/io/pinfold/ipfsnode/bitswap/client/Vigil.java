package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.BitswapConfig;
import io.pinfold.ipfsnode.bitswap.client.Wish.Phase;
import io.pinfold.ipfsnode.bitswap.client.Wish.State;
import io.pinfold.ipfsnode.bitswap.wire.Counters.Count;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Looks, every now and then, for what does not come: nothing of this is needed while peers answer.
 *
 * <p>A peer that owes blocks and is silent for {@code stall} is passed over, and so is one that left a single want open for
 * {@link #ASK_NANOS}; a block that one peer is slow with is asked of an idle one too; a session that has found nobody
 * asks everybody and looks up providers after {@code search}; and what nobody has is asked anew after {@code rebroadcast}.
 */
final class Vigil {

    /** A want that a peer left open for so long, while it answered others, is asked of another. */
    static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** A want open for so long is also asked of a peer that has nothing else to do. */
    static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** How many wants an idle peer is given of a slow one's at a time. */
    private static final int TAKEN_OVER = 16;

    private final Dispatcher dispatcher;
    private final BitswapConfig.Client bounds;

    Vigil(Dispatcher dispatcher, BitswapConfig.Client bounds) {
        this.dispatcher = dispatcher;
        this.bounds = bounds;
    }

    /** Looks once; under the board's lock. Whether peers that are connected should be looked for, too. */
    boolean look() {
        long now = dispatcher.board().now();
        List.copyOf(dispatcher.board().peers().values()).forEach(peer -> look(peer, now));
        boolean broadcast = false;
        for (WantSession session : List.copyOf(dispatcher.board().sessions())) {
            if (!session.wantsNothing()) {
                broadcast |= look(session, now);
            }
        }
        dispatcher.asking().pump();
        return broadcast;
    }

    private void look(ClientPeer peer, long now) {
        if (peer.asked().isEmpty()) {
            return;
        }
        long oldest = peer.asked().values().iterator().next();
        if (now - Math.max(oldest, peer.heardAt()) > bounds.stall().toNanos()) {
            dispatcher.board().counters().add(Count.PEERS_STALLED);
            peer.stalled();
            List.copyOf(peer.asked().keySet()).forEach(wish -> dispatcher.hearing().lacks(peer, wish));
        } else if (now - oldest > SLOW_NANOS) {
            handOver(peer, now);
        }
    }

    private void handOver(ClientPeer peer, long now) {
        int handed = 0;
        for (Map.Entry<Wish, Long> asked : List.copyOf(peer.asked().entrySet())) {
            Wish wish = asked.getKey();
            if (now - asked.getValue() > ASK_NANOS) {
                dispatcher.hearing().lacks(peer, wish);
            } else if (handed < TAKEN_OVER && now - asked.getValue() > SLOW_NANOS && wish.asks() == 1) {
                handed += askIdle(wish, now) ? 1 : 0;
            }
        }
    }

    private boolean askIdle(Wish wish, long now) {
        for (SessionPeer known : wish.lead().peers().values()) {
            State state = wish.state(known.peer());
            boolean mayHave = state == State.HAS || (state == null && known.isProven());
            if (mayHave && known.peer().isUsable() && !known.isDistrusted()
                    && known.peer().asked().size() < TAKEN_OVER && known.peer().hasRoom()) {
                dispatcher.asking().tellBlock(wish, known.peer(), now);
                return true;
            }
        }
        return false;
    }

    private boolean look(WantSession session, long now) {
        long silence = now - session.progressAt();
        if (silence > bounds.search().toNanos() && !session.hasProvenPeer()) {
            List<Wish> open = dispatcher.board().wishesOf(session).stream().limit(Asking.UNPROVEN_WISHES).toList();
            open.stream().filter(wish -> wish.phase() == Phase.ASKED).forEach(dispatcher.asking()::probe);
            open.stream().findFirst().ifPresent(wish -> dispatcher.board().effects().search(session, wish));
        }
        if (silence > bounds.stall().toNanos() && session.probing() > 0) {
            dispatcher.board()
                    .wishesOf(session)
                    .stream()
                    .filter(wish -> wish.phase() == Phase.PROBING)
                    .forEach(this::giveUp);
        }
        if (silence <= bounds.rebroadcast().toNanos()) {
            return false;
        }
        session.progressed(now);
        List<Wish> stuck = session.stuck().stream().limit(Asking.UNPROVEN_WISHES).toList();
        dispatcher.board().counters().add(Count.BROADCASTS, stuck.size());
        stuck.forEach(dispatcher.asking()::forget);
        stuck.stream().findFirst().ifPresent(wish -> dispatcher.board().effects().search(session, wish));
        return true;
    }

    private void giveUp(Wish wish) {
        for (ClientPeer peer : wish.peers()) {
            if (wish.state(peer) == State.PROBED) {
                dispatcher.hearing().lacks(peer, wish);
            }
        }
    }
}
