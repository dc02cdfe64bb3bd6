package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Addresses;
import io.pinfold.follower.config.value.Durations;
import io.pinfold.follower.config.value.Integers;
import io.pinfold.follower.config.value.Lists;
import io.pinfold.follower.config.value.Texts;
import io.pinfold.multiformats.Multiaddr;
import java.time.Duration;
import java.util.List;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

/** Keys of {@link ClusterConfig}. */
final class ClusterSection implements Section<ClusterConfig> {

    private static final Multiaddr EVERYWHERE = Multiaddr.parse("/ip4/0.0.0.0/tcp/9096").orElseThrow();
    private static final Addresses TO_LISTEN = new Addresses(Addresses.Peer.NONE);
    private static final Addresses TO_DIAL = new Addresses(Addresses.Peer.REQUIRED);

    private final Key<String> peername;
    private final Key<List<Multiaddr>> listen = new Key<>("cluster.listen", new Lists<>(TO_LISTEN, 0, 16),
            List.of(EVERYWHERE));
    private final Key<List<Multiaddr>> announce = new Key<>("cluster.announce", new Lists<>(TO_LISTEN, 0, 16),
            List.of());
    private final Key<List<Multiaddr>> bootstrap = new Key<>("cluster.bootstrap", new Lists<>(TO_DIAL, 0, 256),
            List.of());
    private final Key<Integer> lowWater = new Key<>("cluster.low_water", new Integers(1, 100_000), 100,
            new Integers(10, 1_000));
    private final Key<Integer> highWater = new Key<>("cluster.high_water", new Integers(1, 100_000), 400,
            new Integers(20, 2_000));
    private final Key<Duration> grace = new Key<>("cluster.grace", new Durations(ofSeconds(1), ofHours(24)),
            ofMinutes(2));
    private final Key<Duration> dialTimeout = new Key<>("cluster.dial_timeout",
            new Durations(ofSeconds(1), ofMinutes(10)), ofSeconds(10));

    ClusterSection(String hostName) {
        this.peername = new Key<>("cluster.peername", new Texts(1, 255), hostName);
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(peername, listen, announce, bootstrap, lowWater, highWater, grace, dialTimeout);
    }

    @Override
    public void check(Settings settings) {
        settings.require(settings.get(lowWater) <= settings.get(highWater), "the low water is at most the high water",
                lowWater, highWater);
    }

    @Override
    public ClusterConfig build(Settings in) {
        return new ClusterConfig(in.get(peername), in.get(listen), in.get(announce), in.get(bootstrap),
                in.get(lowWater),
                in.get(highWater), in.get(grace), in.get(dialTimeout));
    }
}
