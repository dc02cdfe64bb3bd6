package io.pinfold.ipfsnode.bitswap.client;

/** What a session knows of a peer: how often it had what was asked for. Guarded by the board's lock. */
final class SessionPeer {

    /** Blocks that nobody asked for, and messages that broke a rule, before a session asks a peer no more. */
    static final int MAX_STRIKES = 16;
    /** How much the latest answer counts in the rate of hits. */
    private static final double LATEST = 1.0 / 16;

    private final ClientPeer peer;
    private final long strikesBefore;
    private boolean origin;
    private boolean proven;
    private boolean distrusted;
    private double hitRate = 1;

    SessionPeer(ClientPeer peer) {
        this.peer = peer;
        strikesBefore = peer.strikes();
    }

    ClientPeer peer() {
        return peer;
    }

    /** Whether the session was told that it is likely to have what is wanted. */
    boolean isOrigin() {
        return origin;
    }

    void setOrigin() {
        origin = true;
    }

    /** Whether it had something that the session wanted. */
    boolean isProven() {
        return proven;
    }

    void hit() {
        proven = true;
        hitRate += (1 - hitRate) * LATEST;
    }

    void miss() {
        hitRate -= hitRate * LATEST;
    }

    /** Whether the session asks it no more. */
    boolean isDistrusted() {
        return distrusted;
    }

    /** Whether the session has to stop asking it just now. */
    boolean losesTrust() {
        boolean loses = !distrusted && peer.strikes() - strikesBefore >= MAX_STRIKES;
        distrusted |= loses;
        return loses;
    }

    /** How busy the peer is for its size, and how likely to have nothing; the least is asked first. */
    double load() {
        return (peer.asked().size() + 1) / (peer.window() * Math.max(hitRate, LATEST));
    }
}
