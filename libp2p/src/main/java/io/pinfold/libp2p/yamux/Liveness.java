package io.pinfold.libp2p.yamux;

import java.util.OptionalInt;

/**
 * When a session last heard from its peer, and how long answers take.
 *
 * <p>After a silence the peer is pinged; after another one as long it counts as dead, and so it does when a write has
 * been stuck for both. Times are in nanoseconds on a clock that never jumps.
 */
final class Liveness {

    private final long silence;
    private long lastHeard = System.nanoTime();
    private long pingSent;
    private boolean pinging;
    private int pingValue;
    private long writeBegan;
    private boolean writing;
    private volatile long roundTrip;

    /** Allows for {@code silence} nanoseconds. */
    Liveness(long silence) {
        this.silence = silence;
    }

    /** The time between the last ping and its answer, 0 before the first. */
    long roundTripNanos() {
        return roundTrip;
    }

    synchronized void heard(long now) {
        lastHeard = now;
    }

    synchronized void writing(long now) {
        writing = true;
        writeBegan = now;
    }

    synchronized void written() {
        writing = false;
    }

    /** The value of a ping to be sent now, if one is due: at the beginning, and after a silence. */
    synchronized OptionalInt probe(long now) {
        boolean first = pingValue == 0;
        if (pinging || (!first && now - lastHeard < silence)) {
            return OptionalInt.empty();
        }
        pinging = true;
        pingSent = now;
        return OptionalInt.of(++pingValue);
    }

    /** The peer answered the ping {@code value}; answers to other pings are passed over. */
    synchronized void answered(int value, long now) {
        if (pinging && value == pingValue) {
            pinging = false;
            roundTrip = Math.max(1, now - pingSent);
        }
    }

    synchronized boolean isDead(long now) {
        boolean silent = pinging && now - lastHeard > silence && now - pingSent > silence;
        boolean stuck = writing && now - writeBegan > 2 * silence;
        return silent || stuck;
    }
}
