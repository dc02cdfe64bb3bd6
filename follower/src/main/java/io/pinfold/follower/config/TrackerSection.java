package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Durations;
import io.pinfold.follower.config.value.Integers;
import io.pinfold.follower.tracker.TrackerConfig;
import io.pinfold.follower.tracker.operation.RetryDelay;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

/** Keys of {@link TrackerConfig} but for removals. */
final class TrackerSection implements Section<TrackerConfig> {

    private static final TrackerConfig DEFAULT = TrackerConfig.DEFAULT;
    private static final TrackerConfig.Work WORK = DEFAULT.work();
    private static final Durations TO_AN_HOUR = new Durations(ofSeconds(1), ofHours(1));

    private final Key<Integer> concurrentPins = new Key<>("tracker.concurrent_pins", new Integers(1, 1000),
            WORK.concurrentPins());
    private final Key<Integer> concurrentUnpins = new Key<>("tracker.concurrent_unpins", new Integers(1, 100),
            WORK.concurrentUnpins());
    private final Key<Integer> maxQueue = new Key<>("tracker.max_queue", new Integers(100, 10_000_000),
            WORK.queueBound());
    private final Key<Duration> pinTimeout = new Key<>("tracker.pin_timeout", new Durations(ofSeconds(1), ofHours(24)),
            WORK.pinTimeout(), new Durations(ofSeconds(20), ofHours(1)));
    private final Key<Duration> firstPinTimeout = new Key<>("tracker.first_pin_timeout", TO_AN_HOUR,
            WORK.firstPinTimeout());
    private final Key<Duration> recentAge = new Key<>("tracker.priority_pin_max_age", new Durations(ZERO, ofDays(365)),
            WORK.recentAge());
    private final Key<Duration> retryDelay = new Key<>("tracker.retry_delay",
            new Durations(ofSeconds(1), ofHours(24)), DEFAULT.retry().first());
    private final Key<Duration> retryMaxDelay = new Key<>("tracker.retry_max_delay",
            new Durations(ofSeconds(1), ofDays(7)), DEFAULT.retry().max());
    private final Key<Duration> reconcileInterval = new Key<>("tracker.reconcile_interval",
            new Durations(ofSeconds(1), ofDays(7)), DEFAULT.compare().interval(),
            new Durations(ofMinutes(5), ofDays(1)));
    private final Key<Duration> listTimeout = new Key<>("tracker.list_timeout", TO_AN_HOUR,
            DEFAULT.compare().listStall());
    private final Key<Duration> statusTimeout = new Key<>("tracker.status_timeout", TO_AN_HOUR,
            DEFAULT.compare().statusDeadline());
    private final RemovalKeys removal = new RemovalKeys();

    @Override
    public List<Key<?>> keys() {
        return Stream.concat(
                Stream.<Key<?>>of(concurrentPins, concurrentUnpins, maxQueue, pinTimeout, firstPinTimeout, recentAge,
                        retryDelay, retryMaxDelay, reconcileInterval, listTimeout, statusTimeout),
                removal.keys().stream()).toList();
    }

    @Override
    public void check(Settings settings) {
        settings.require(settings.get(retryDelay).compareTo(settings.get(retryMaxDelay)) <= 0,
                "the first pause is at most the longest", retryDelay, retryMaxDelay);
        removal.check(settings);
    }

    @Override
    public TrackerConfig build(Settings in) {
        Duration most = in.get(pinTimeout);
        Duration first = in.get(firstPinTimeout).compareTo(most) < 0 ? in.get(firstPinTimeout) : most;
        TrackerConfig.Work work = new TrackerConfig.Work(in.get(concurrentPins), in.get(concurrentUnpins),
                in.get(maxQueue), WORK.errorBound(), most, first, in.get(recentAge), WORK.quiet());
        RetryDelay retry = new RetryDelay(in.get(retryDelay), in.get(retryMaxDelay), DEFAULT.retry().jitter());
        TrackerConfig.Compare usual = DEFAULT.compare();
        TrackerConfig.Compare compare = new TrackerConfig.Compare(in.get(reconcileInterval), usual.retry(),
                in.get(listTimeout), in.get(statusTimeout), usual.markChecks(), usual.missingBound(),
                usual.sortBytes(), usual.spillBytes());
        TrackerConfig.Removal removals = new TrackerConfig.Removal(removal.build(in), DEFAULT.removal().interval(),
                DEFAULT.removal().bound());
        return new TrackerConfig(work, retry, compare, DEFAULT.backend(), removals);
    }
}
