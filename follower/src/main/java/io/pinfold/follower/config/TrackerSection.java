package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Durations;
import io.pinfold.follower.config.value.Integers;
import io.pinfold.follower.config.value.Shares;
import java.time.Duration;
import java.util.List;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

/** Keys of {@link TrackerConfig}. */
final class TrackerSection implements Section<TrackerConfig> {

    private final Key<Integer> concurrentPins = new Key<>("tracker.concurrent_pins", new Integers(1, 1000), 10);
    private final Key<Integer> concurrentUnpins = new Key<>("tracker.concurrent_unpins", new Integers(1, 1000), 2);
    private final Key<Duration> pinTimeout = new Key<>("tracker.pin_timeout", new Durations(ofSeconds(1), ofHours(24)),
            ofMinutes(2), new Durations(ofSeconds(20), ofHours(1)));
    private final Key<Integer> maxQueue = new Key<>("tracker.max_queue", new Integers(100, 10_000_000), 1_000_000);
    private final Key<Duration> reconcileInterval = new Key<>("tracker.reconcile_interval",
            new Durations(ofSeconds(1), ofDays(7)),
            ofMinutes(12), new Durations(ofMinutes(5), ofDays(1)));
    private final Key<Duration> retryDelay = new Key<>("tracker.retry_delay", new Durations(ofSeconds(1), ofHours(24)),
            ofSeconds(30));
    private final Key<Duration> retryMaxDelay = new Key<>("tracker.retry_max_delay",
            new Durations(ofSeconds(1), ofDays(7)), ofHours(1));
    private final Key<Duration> removalDelay = new Key<>("tracker.removal_delay", new Durations(ZERO, ofDays(30)),
            ofSeconds(60));
    private final Key<Double> removalShare = new Key<>("tracker.removal_share", new Shares(), 0.1);
    private final Key<Integer> removalFloor = new Key<>("tracker.removal_floor", new Integers(0, 10_000_000), 100);
    private final Key<Duration> removalWindow = new Key<>("tracker.removal_window",
            new Durations(ofSeconds(1), ofDays(30)), ofHours(1));
    private final Key<Duration> removalGrace = new Key<>("tracker.removal_grace", new Durations(ZERO, ofDays(90)),
            ofHours(24));

    @Override
    public List<Key<?>> keys() {
        return List.of(concurrentPins, concurrentUnpins, pinTimeout, maxQueue, reconcileInterval, retryDelay,
                retryMaxDelay,
                removalDelay, removalShare, removalFloor, removalWindow, removalGrace);
    }

    @Override
    public void check(Settings settings) {
        settings.require(settings.get(retryDelay).compareTo(settings.get(retryMaxDelay)) <= 0,
                "the first pause is at most the longest", retryDelay, retryMaxDelay);
        settings.require(settings.get(removalDelay).compareTo(settings.get(removalGrace)) <= 0,
                "the delay is at most the grace period", removalDelay, removalGrace);
    }

    @Override
    public TrackerConfig build(Settings in) {
        TrackerConfig.Removal removal = new TrackerConfig.Removal(in.get(removalDelay), in.get(removalShare),
                in.get(removalFloor), in.get(removalWindow), in.get(removalGrace));
        return new TrackerConfig(in.get(concurrentPins), in.get(concurrentUnpins), in.get(pinTimeout), in.get(maxQueue),
                in.get(reconcileInterval), in.get(retryDelay), in.get(retryMaxDelay), removal);
    }
}
