package io.pinfold.chain.core.machine;

import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.sim.VirtualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Peers of one cluster in virtual time: the very machine that peers run, on a network that can be cut. */
final class SimCluster {

    final VirtualTime time = new VirtualTime();
    final TestChains chains;
    final long seed;
    final RandomGenerator random;
    private final Map<PeerId, SimPeer> peers = new LinkedHashMap<>();
    private final Map<PeerId, Integer> sides = new HashMap<>();
    private long minDelayMicros;
    private long maxDelayMicros;
    private double loss;
    private double duplicates;

    /** A cluster whose publishers are the test keys {@code publishers}; messages take 2 to 8 ms. */
    SimCluster(long seed, int... publishers) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.chains = new TestChains(publishers);
        this.minDelayMicros = 2000;
        this.maxDelayMicros = 8000;
    }

    /** Adds and starts the peer of test key {@code number}. */
    SimPeer peer(int number) {
        return peer(number, ChainConfig.DEFAULT);
    }

    /** Adds and starts the peer of test key {@code number}. */
    SimPeer peer(int number, ChainConfig config) {
        return add(new SimPeer(this, number, config));
    }

    /** Adds and starts {@code peer}. */
    SimPeer add(SimPeer peer) {
        peers.put(peer.id(), peer);
        peer.start();
        return peer;
    }

    SimPeer get(PeerId id) {
        return Objects.requireNonNull(peers.get(id));
    }

    List<SimPeer> peers() {
        return List.copyOf(peers.values());
    }

    /** Cuts the network so that only peers of one of {@code groups} (numbers of keys) reach each other. */
    void partition(int[]... groups) {
        sides.clear();
        for (int side = 0; side < groups.length; side++) {
            int number = side;
            IntStream.of(groups[side])
                    .forEach(key -> sides.put(TestKeys.peerId(key),
                            number));
        }
        peers.values().forEach(SimPeer::reconnect);
    }

    void heal() {
        sides.clear();
        peers.values().forEach(SimPeer::reconnect);
    }

    boolean connected(PeerId one, PeerId other) {
        SimPeer a = peers.get(one);
        SimPeer b = peers.get(other);
        return !one.equals(other) && a != null && b != null && a.isUp() && b.isUp()
                && sides.getOrDefault(one, -1).equals(sides.getOrDefault(other, -1));
    }

    Set<PeerId> ids() {
        return peers.keySet();
    }

    /** Messages take up to {@code slowest}, and of all some shares are lost or come twice. */
    void conditions(Duration slowest, double lost, double twice) {
        minDelayMicros = 1000;
        maxDelayMicros = slowest.toNanos() / 1000;
        loss = lost;
        duplicates = twice;
    }

    boolean isLossy() {
        return loss > 0;
    }

    /** Has {@code arrival} run when a message arrives: once, twice or never. */
    void send(Runnable arrival) {
        if (random.nextDouble() >= loss) {
            later(arrival);
        }
        if (random.nextDouble() < duplicates) {
            later(arrival);
        }
    }

    /** Has {@code task} run after the time that a message takes. */
    void later(Runnable task) {
        time.schedule(Duration.ofNanos(1000 * random.nextLong(minDelayMicros, maxDelayMicros)), task);
    }

    void run(Duration duration) {
        time.run(duration);
    }

    /** Has {@code writer} pin the first {@code count} things, one each {@code gap}, and runs until everybody has them. */
    void write(SimPeer writer, int count, Duration gap) {
        for (int i = 0; i < count; i++) {
            writer.submit(TestOps.pin(i));
            run(gap);
        }
        settle(Duration.ofSeconds(10));
    }

    /** Runs until all peers that are up stand at one head and nothing waits, for at most {@code limit}. */
    void settle(Duration limit) {
        long end = time.millis() + limit.toMillis();
        while (!isSettled()) {
            assertThat(time.millis()).as("not settled after %s, seed %d: %s", limit, seed,
                    peers.values().stream().filter(SimPeer::isUp).map(peer -> peer.status().toString()).toList())
                    .isLessThan(end);
            time.run(Duration.ofMillis(50));
        }
    }

    private boolean isSettled() {
        return peers.values()
                .stream()
                .filter(SimPeer::isUp)
                .map(peer -> peer.status().head().point())
                .distinct()
                .count() == 1
                && peers.values()
                        .stream()
                        .filter(SimPeer::isUp)
                        .allMatch(peer -> peer.status().orphans() == 0
                                && peer.status().waitingOps() == 0);
    }
}
