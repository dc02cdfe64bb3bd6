package io.pinfold.rpc.client;

import java.time.Duration;

/**
 * Bounds of the calling side.
 *
 * @param maxCalls calls of ours at once (128). Too few: sync and status wait for each other and fail as busy. Too many:
 *     memory for one item each
 * @param openTimeout longest time to connect and open a stream, within the call's own (10 s)
 * @param idleTimeout longest time between two frames of an answer, within the call's own (15 s). Too short: slow lines
 *     fail. Too long: a silent peer holds up a sync
 */
public record RpcClientConfig(int maxCalls, Duration openTimeout, Duration idleTimeout) {

    /** The defaults. */
    public static final RpcClientConfig DEFAULT = new RpcClientConfig(128, Duration.ofSeconds(10),
            Duration.ofSeconds(15));

    public RpcClientConfig {
        if (maxCalls < 1 || !openTimeout.isPositive() || !idleTimeout.isPositive()) {
            throw new IllegalArgumentException("calls " + maxCalls + ", open " + openTimeout + ", idle " + idleTimeout);
        }
    }
}
