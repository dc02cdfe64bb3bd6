package io.pinfold.libp2p.sim;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.key.PrivateKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network of simulated hosts, whose links a test can cut and heal.
 *
 * <p>Host number n has the key of seed n and the address {@code /ip4/10.0.x.y/tcp/4001}, so identities and addresses are
 * the same in every run.
 */
public final class SimNetwork implements AutoCloseable {

    private final InstantSource clock;
    private final Map<Multiaddr, SimHost> byAddress = new HashMap<>();
    private final List<SimHost> hosts = new ArrayList<>();
    private final Set<Set<SimHost>> cuts = new HashSet<>();

    /** A network without hosts, whose connections begin at the time of {@code clock}. */
    public SimNetwork(InstantSource clock) {
        this.clock = clock;
    }

    /** A further host, with a key of its own. */
    public synchronized SimHost host() {
        return host(keyOf(hosts.size() + 1));
    }

    /** A further host, whose key is {@code key}. */
    public synchronized SimHost host(PrivateKey key) {
        int number = hosts.size() + 1;
        Multiaddr address = Multiaddr.parse("/ip4/10.0." + (number >> 8) + "." + (number & 0xff) + "/tcp/4001")
                .orElseThrow();
        SimHost host = new SimHost(this, key, address);
        hosts.add(host);
        byAddress.put(address, host);
        return host;
    }

    /** The key of seed {@code number}. */
    public static PrivateKey keyOf(int number) {
        return PrivateKey.fromSeed(Bytes.copyOf(ByteBuffer.allocate(32).putInt(28, number).array()));
    }

    /** Closes what connects {@code a} and {@code b}, and lets them not connect until {@link #heal}. */
    public void cut(SimHost a, SimHost b) {
        synchronized (this) {
            cuts.add(Set.of(a, b));
        }
        a.disconnect(b.id());
    }

    /** Takes back {@link #cut}; connections come back only when somebody dials. */
    public synchronized void heal(SimHost a, SimHost b) {
        cuts.remove(Set.of(a, b));
    }

    /** Connects {@code a} to {@code b}. */
    public void connect(SimHost a, SimHost b) {
        a.connect(b.id(), b.listenAddresses(), Duration.ofSeconds(1));
    }

    synchronized Optional<SimHost> at(Multiaddr address) {
        return Optional.ofNullable(byAddress.get(address.withoutPeer()));
    }

    synchronized boolean isCut(SimHost a, SimHost b) {
        return a != b && cuts.contains(Set.of(a, b));
    }

    synchronized void remove(SimHost host) {
        byAddress.values().remove(host);
    }

    InstantSource clock() {
        return clock;
    }

    /** Closes every host. */
    @Override
    public void close() {
        List<SimHost> all;
        synchronized (this) {
            all = List.copyOf(hosts);
        }
        all.forEach(SimHost::close);
    }
}
