package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Backends;
import io.pinfold.follower.config.value.Durations;
import io.pinfold.follower.config.value.Flags;
import io.pinfold.follower.config.value.Lists;
import io.pinfold.ipfs.BackendAddress;
import java.time.Duration;
import java.util.List;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

/** Keys of {@link PinningConfig}. */
final class PinningSection implements Section<PinningConfig> {

    private final Key<List<BackendAddress>> backends = new Key<>("pinning.backends", new Lists<>(new Backends(), 1, 16),
            List.of(BackendAddress.parse(BackendAddress.DEFAULT).orElseThrow()));
    private final Key<Duration> requestTimeout = new Key<>("pinning.request_timeout",
            new Durations(ofSeconds(1), ofHours(1)), ofSeconds(30));
    private final Key<Duration> unpinTimeout = new Key<>("pinning.unpin_timeout",
            new Durations(ofSeconds(1), ofHours(24)), ofMinutes(30));
    private final Key<Boolean> connectSwarms = new Key<>("pinning.connect_swarms", new Flags(), true);
    private final Key<Duration> connectInterval = new Key<>("pinning.connect_interval",
            new Durations(ofSeconds(1), ofHours(24)), ofMinutes(1));
    private final Key<Boolean> backupBlocks = new Key<>("pinning.backup_blocks", new Flags(), true);

    @Override
    public List<Key<?>> keys() {
        return List.of(backends, requestTimeout, unpinTimeout, connectSwarms, connectInterval, backupBlocks);
    }

    @Override
    public PinningConfig build(Settings in) {
        return new PinningConfig(in.get(backends), in.get(requestTimeout), in.get(unpinTimeout), in.get(connectSwarms),
                in.get(connectInterval), in.get(backupBlocks));
    }
}
