package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Durations;
import io.pinfold.follower.config.value.Integers;
import io.pinfold.follower.config.value.Sizes;
import io.pinfold.rpc.server.RpcServerConfig;
import java.time.Duration;
import java.util.List;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

/** Keys of {@link RpcServerConfig}. */
final class RpcSection implements Section<RpcServerConfig> {

    private static final long KIB = 1L << 10;
    private static final long TIB = 1L << 40;
    private static final RpcServerConfig DEFAULT = RpcServerConfig.DEFAULT;

    private final Key<Integer> maxCalls = new Key<>("rpc.max_calls", new Integers(1, 10_000), DEFAULT.maxCalls());
    private final Key<Integer> maxStrangerCalls = new Key<>("rpc.max_stranger_calls", new Integers(1, 10_000),
            DEFAULT.maxStrangerCalls());
    private final Key<Integer> maxCallsPerCaller = new Key<>("rpc.max_calls_per_caller", new Integers(1, 10_000),
            DEFAULT.maxCallsPerCaller());
    private final Key<Duration> requestTimeout = new Key<>("rpc.request_timeout",
            new Durations(ofSeconds(1), ofMinutes(10)), DEFAULT.requestTimeout());
    private final Key<Long> egressRate = new Key<>("rpc.egress_per_second", new Sizes(64 * KIB, TIB),
            DEFAULT.egressBytesPerSecond());
    private final Key<Long> egressBurst = new Key<>("rpc.egress_burst", new Sizes(64 * KIB, TIB),
            DEFAULT.egressBurstBytes());

    @Override
    public List<Key<?>> keys() {
        return List.of(maxCalls, maxStrangerCalls, maxCallsPerCaller, requestTimeout, egressRate, egressBurst);
    }

    @Override
    public void check(Settings settings) {
        settings.require(settings.get(maxStrangerCalls) <= settings.get(maxCalls),
                "strangers' calls are at most all calls", maxStrangerCalls, maxCalls);
    }

    @Override
    public RpcServerConfig build(Settings in) {
        return new RpcServerConfig(in.get(maxCalls), in.get(maxStrangerCalls), in.get(maxCallsPerCaller),
                in.get(requestTimeout), in.get(egressRate), in.get(egressBurst));
    }
}
