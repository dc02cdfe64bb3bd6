package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Durations;
import io.pinfold.follower.config.value.Integers;
import io.pinfold.follower.config.value.Shares;
import io.pinfold.follower.removal.RemovalGuardConfig;
import java.time.Duration;
import java.util.List;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

/** Keys of {@link RemovalGuardConfig}, which stand in the section of the tracker. */
final class RemovalKeys implements Section<RemovalGuardConfig> {

    private static final RemovalGuardConfig DEFAULT = RemovalGuardConfig.DEFAULT;

    private final Key<Duration> delay = new Key<>("tracker.removal_delay", new Durations(ZERO, ofDays(30)),
            DEFAULT.delay());
    private final Key<Double> share = new Key<>("tracker.removal_share", new Shares(), DEFAULT.share());
    private final Key<Integer> floor = new Key<>("tracker.removal_floor", new Integers(0, 10_000_000), DEFAULT.floor());
    private final Key<Duration> window = new Key<>("tracker.removal_window", new Durations(ofSeconds(1), ofDays(30)),
            DEFAULT.window());
    private final Key<Duration> grace = new Key<>("tracker.removal_grace", new Durations(ZERO, ofDays(90)),
            DEFAULT.grace());

    @Override
    public List<Key<?>> keys() {
        return List.of(delay, share, floor, window, grace);
    }

    @Override
    public void check(Settings settings) {
        settings.require(settings.get(delay).compareTo(settings.get(grace)) <= 0,
                "the delay is at most the grace period", delay, grace);
    }

    @Override
    public RemovalGuardConfig build(Settings in) {
        return new RemovalGuardConfig(in.get(delay), in.get(window), in.get(share), in.get(floor), in.get(grace));
    }
}
