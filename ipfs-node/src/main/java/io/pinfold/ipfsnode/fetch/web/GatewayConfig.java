package io.pinfold.ipfsnode.fetch.web;

import java.time.Duration;

/**
 * How blocks are had from trustless gateways.
 *
 * @param requests at once for one session, over all gateways; too many, and public gateways refuse (8)
 * @param blockTimeout for one block (30 s)
 * @param wholeGraph whether the graph below a block is asked for in one stream first; single blocks are asked for when they
 *        do not come by it (true)
 * @param streamSilence longest time without a block in such a stream (10 s)
 * @param streamTotal longest time of such a stream (6 h)
 * @param headStart how long a block may come by the stream before it is asked for alone (3 s)
 * @param catchUp how long a stream waits, once {@code earlyBytes} are held, for what it brings to be wished for; then it is
 *        given up (2 s)
 * @param earlyBytes data held that came by the stream before it was wished for (16 MiB)
 * @param readyBytes data held that was not taken yet; past it gateways are read no further (16 MiB)
 * @param pause until a gateway that does not answer is asked again, and a block that no gateway had (30 s)
 */
public record GatewayConfig(int requests, Duration blockTimeout, boolean wholeGraph, Duration streamSilence,
        Duration streamTotal, Duration headStart, Duration catchUp, int earlyBytes, int readyBytes, Duration pause) {

    /** The values in parentheses above. */
    public static final GatewayConfig DEFAULT = new GatewayConfig(8, Duration.ofSeconds(30), true,
            Duration.ofSeconds(10), Duration.ofHours(6), Duration.ofSeconds(3), Duration.ofSeconds(2), 16 << 20,
            16 << 20,
            Duration.ofSeconds(30));

    /** Checks the values. */
    public GatewayConfig {
        if (requests < 1 || requests > WebClient.MAX_REQUESTS) {
            throw new IllegalArgumentException("gateways.requests is from 1 to " + WebClient.MAX_REQUESTS);
        }
        if (!blockTimeout.isPositive() || !streamSilence.isPositive() || !streamTotal.isPositive()
                || !pause.isPositive()
                || headStart.isNegative() || catchUp.isNegative() || earlyBytes < 0 || readyBytes < 1) {
            throw new IllegalArgumentException("gateways: times and sizes are positive");
        }
    }
}
