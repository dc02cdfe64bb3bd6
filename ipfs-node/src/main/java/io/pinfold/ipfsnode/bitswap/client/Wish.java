package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block that at least one session wants, and what each peer said of it.
 *
 * <p>Its lead is the session that asks for it; the others only wait. Guarded by the board's lock.
 */
final class Wish {

    /** Where a wish stands. */
    enum Phase {
        /** A peer is to be asked for the block, as soon as one has room. */
        QUEUED,
        /** A peer was asked for the block. */
        ASKED,
        /** Nobody is known to have it; peers were asked whether they do. */
        PROBING,
        /** Everybody was asked and nobody has it. */
        STUCK
    }

    /** What is between us and a peer about the block. */
    enum State {
        /** It was asked for the block. */
        ASKED,
        /** It was asked whether it has the block. */
        PROBED,
        /** It has the block. */
        HAS,
        /** It has not, or does not answer. */
        LACKS
    }

    private final Cid cid;
    private final List<WantSession> sessions = new ArrayList<>(1);
    private final Map<ClientPeer, State> states = new HashMap<>(4);
    private Phase phase = Phase.QUEUED;
    private int asks;
    private int probes;

    Wish(Cid cid) {
        this.cid = cid;
    }

    Cid cid() {
        return cid;
    }

    Multihash hash() {
        return cid.hash();
    }

    /** The sessions that want it, the lead first. */
    List<WantSession> sessions() {
        return sessions;
    }

    WantSession lead() {
        return sessions.getFirst();
    }

    Phase phase() {
        return phase;
    }

    void setPhase(Phase next) {
        phase = next;
    }

    @Nullable
    State state(ClientPeer peer) {
        return states.get(peer);
    }

    /** Notes what is between us and {@code peer}; null for nothing. */
    void setState(ClientPeer peer, @Nullable State next) {
        State old = next == null ? states.remove(peer) : states.put(peer, next);
        asks += (next == State.ASKED ? 1 : 0) - (old == State.ASKED ? 1 : 0);
        probes += (next == State.PROBED ? 1 : 0) - (old == State.PROBED ? 1 : 0);
    }

    /** How many peers are asked for the block now. */
    int asks() {
        return asks;
    }

    /** How many peers are asked now whether they have it. */
    int probes() {
        return probes;
    }

    /** Every peer that something is known of. */
    List<ClientPeer> peers() {
        return List.copyOf(states.keySet());
    }
}
