package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Durations;
import java.time.Duration;
import java.util.List;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

/** Keys of {@link ChainConfig}. */
final class ChainSection implements Section<ChainConfig> {

    private final Key<Duration> staleAfter = new Key<>("chain.stale_after", new Durations(ofMinutes(5), ofDays(366)),
            ofHours(24));
    private final Key<Duration> reannounceInterval = new Key<>("chain.reannounce_interval",
            new Durations(ofSeconds(1), ofMinutes(10)), ofMinutes(1));

    @Override
    public List<Key<?>> keys() {
        return List.of(staleAfter, reannounceInterval);
    }

    @Override
    public void check(Settings settings) {
        settings.require(settings.get(reannounceInterval).multipliedBy(2).compareTo(settings.get(staleAfter)) <= 0,
                "a head is stale only after two announcements", staleAfter, reannounceInterval);
    }

    @Override
    public ChainConfig build(Settings in) {
        return new ChainConfig(in.get(staleAfter), in.get(reannounceInterval));
    }
}
