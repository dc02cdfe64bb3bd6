package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.multiformats.Cid;
import java.util.BitSet;

/** A block that is waited for, which gateways were asked in vain, and from when on it is asked for. */
final class GatewayWish {

    private final Cid cid;
    private final long headStartUntil;
    private final BitSet lacking = new BitSet();
    private long notBefore;
    private boolean asked;

    /**
     * A wish of the time {@code now}, in nanoseconds.
     *
     * @param headStart in which it may come by a stream, in nanoseconds
     */
    GatewayWish(Cid cid, long now, long headStart) {
        this.cid = cid;
        this.headStartUntil = now + headStart;
        this.notBefore = now;
    }

    Cid cid() {
        return cid;
    }

    /** The time until it is to be asked for. */
    long wait(long now, boolean streaming) {
        long wait = notBefore - now;
        return streaming ? Math.max(wait, headStartUntil - now) : wait;
    }

    /** Whether a gateway is asked for it just now. */
    boolean isAsked() {
        return asked;
    }

    void setAsked(boolean isAsked) {
        asked = isAsked;
    }

    boolean isLackedBy(int gateway) {
        return lacking.get(gateway);
    }

    /** One of {@code gateways} has not got it; once that is so of each, all are asked anew at {@code later}. */
    void lackedBy(int gateway, int gateways, long later) {
        lacking.set(gateway);
        if (lacking.cardinality() == gateways) {
            lacking.clear();
            notBefore = later;
        }
    }
}
