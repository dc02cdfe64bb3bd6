package io.pinfold.api.gateway;

import java.time.Duration;

/**
 * What a gateway gives at most.
 *
 * @param requests answered at once; more are told to come again
 * @param bytes of one answer, at which the connection is cut: a small graph can have any size where duplicates are asked for
 * @param time of one answer, at which it is cut too
 */
public record GatewayLimits(int requests, long bytes, Duration time) {

    /** Enough for whoever reads. */
    public static final GatewayLimits DEFAULT = new GatewayLimits(64, 1L << 36, Duration.ofHours(1));
}
