package io.pinfold.rpc.server;

import java.time.Duration;

/**
 * Bounds of the called side over all callers; what one caller may do is in the method table.
 *
 * @param maxCalls calls at once, from everybody (256). Too few: peers that sync at one time are turned away. Too many:
 *     each holds a thread and up to one item, so memory
 * @param maxStrangerCalls how many of these may be of callers who are not trusted (192). As many as {@code maxCalls}:
 *     strangers can shut trusted peers out
 * @param maxCallsPerCaller calls at once from one caller, all methods together (32)
 * @param requestTimeout time for the whole request to arrive (10 s). Too short: far peers fail. Too long: whoever dribbles
 *     bytes holds a slot
 * @param egressBytesPerSecond bytes a second of answers to callers who are not trusted (16 MiB). Too small: newcomers sync
 *     slowly. Too large: strangers can fill the uplink
 * @param egressBurstBytes bytes that may go out at once after a quiet time (128 MiB)
 */
public record RpcServerConfig(
        int maxCalls,
        int maxStrangerCalls,
        int maxCallsPerCaller,
        Duration requestTimeout,
        long egressBytesPerSecond,
        long egressBurstBytes) {

    /** The defaults. */
    public static final RpcServerConfig DEFAULT = new RpcServerConfig(256, 192, 32, Duration.ofSeconds(10), 16L << 20,
            128L << 20);

    public RpcServerConfig {
        if (maxCalls < 1 || maxStrangerCalls < 1 || maxStrangerCalls > maxCalls || maxCallsPerCaller < 1) {
            throw new IllegalArgumentException(
                    "calls: " + maxCalls + ", strangers " + maxStrangerCalls + ", a caller " + maxCallsPerCaller);
        }
        if (!requestTimeout.isPositive() || egressBytesPerSecond < 1 || egressBurstBytes < 1) {
            throw new IllegalArgumentException("request timeout " + requestTimeout + ", egress " + egressBytesPerSecond
                    + " and " + egressBurstBytes);
        }
    }
}
