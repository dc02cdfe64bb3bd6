package io.pinfold.ipfsnode.fetch.web;

import java.util.Arrays;

/** Which gateways are left alone for a while. */
final class GatewayRests {

    private final long[] until;

    GatewayRests(int gateways, long now) {
        until = new long[gateways];
        Arrays.fill(until, now);
    }

    int gateways() {
        return until.length;
    }

    void rest(int gateway, long end) {
        until[gateway] = end;
    }

    /** The first gateway that may be asked for {@code wish}, or -1. */
    int firstFor(GatewayWish wish, long now) {
        for (int i = 0; i < until.length; i++) {
            if (!wish.isLackedBy(i) && until[i] - now <= 0) {
                return i;
            }
        }
        return -1;
    }

    /** The time until one that rests may be asked again, at most {@code most}. */
    long soonest(long now, long most) {
        return Arrays.stream(until).map(end -> end - now).filter(wait -> wait > 0).reduce(most, Math::min);
    }
}
