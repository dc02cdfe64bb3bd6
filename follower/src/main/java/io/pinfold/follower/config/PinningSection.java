package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Backends;
import io.pinfold.follower.config.value.Durations;
import io.pinfold.follower.config.value.Flags;
import io.pinfold.follower.config.value.Lists;
import io.pinfold.follower.peers.NodeConnector;
import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.IpfsConfig;
import java.time.Duration;
import java.util.List;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

/** Keys of {@link PinningConfig}. */
final class PinningSection implements Section<PinningConfig> {

    private static final IpfsConfig DEFAULT = IpfsConfig.DEFAULT;
    private static final Durations TO_AN_HOUR = new Durations(ofSeconds(1), ofHours(1));

    private final Key<List<BackendAddress>> backends = new Key<>("pinning.backends", new Lists<>(new Backends(), 1, 16),
            List.of(BackendAddress.parse(BackendAddress.DEFAULT).orElseThrow()));
    private final Key<Duration> connectTimeout = new Key<>("pinning.connect_timeout",
            new Durations(ofSeconds(1), ofMinutes(5)), DEFAULT.connectTimeout());
    private final Key<Duration> requestTimeout = new Key<>("pinning.request_timeout", TO_AN_HOUR,
            DEFAULT.callTimeout());
    private final Key<Duration> listTimeout = new Key<>("pinning.list_timeout", TO_AN_HOUR, DEFAULT.listSilence());
    private final Key<Duration> unpinTimeout = new Key<>("pinning.unpin_timeout",
            new Durations(ofSeconds(1), ofHours(24)), DEFAULT.unpinTimeout());
    private final Key<Duration> longestPin = new Key<>("pinning.longest_pin", new Durations(ofMinutes(1), ofDays(30)),
            DEFAULT.longestPin());
    private final Key<Boolean> connectSwarms = new Key<>("pinning.connect_swarms", new Flags(), true);
    private final Key<Duration> connectInterval = new Key<>("pinning.connect_interval",
            new Durations(ofSeconds(1), ofHours(24)), NodeConnector.RETRY);
    private final Key<Boolean> backupBlocks = new Key<>("pinning.backup_blocks", new Flags(), true);

    @Override
    public List<Key<?>> keys() {
        return List.of(backends, connectTimeout, requestTimeout, listTimeout, unpinTimeout, longestPin, connectSwarms,
                connectInterval, backupBlocks);
    }

    @Override
    public PinningConfig build(Settings in) {
        IpfsConfig patience = new IpfsConfig(in.get(connectTimeout), in.get(requestTimeout), in.get(listTimeout),
                in.get(unpinTimeout), in.get(longestPin), DEFAULT.maxCalls(), DEFAULT.maxPins(), DEFAULT.circuit());
        return new PinningConfig(in.get(backends), patience, in.get(connectSwarms), in.get(connectInterval),
                in.get(backupBlocks));
    }
}
