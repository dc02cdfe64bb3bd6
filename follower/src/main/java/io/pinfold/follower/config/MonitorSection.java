package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Durations;
import java.time.Duration;
import java.util.List;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

/** Keys of {@link MonitorConfig}. */
final class MonitorSection implements Section<MonitorConfig> {

    private final Key<Duration> peerWatchInterval = new Key<>("monitor.peer_watch_interval",
            new Durations(ofSeconds(1), ofHours(1)),
            ofSeconds(15), new Durations(ofSeconds(15), ofMinutes(10)));

    @Override
    public List<Key<?>> keys() {
        return List.of(peerWatchInterval);
    }

    @Override
    public MonitorConfig build(Settings in) {
        return new MonitorConfig(in.get(peerWatchInterval));
    }
}
