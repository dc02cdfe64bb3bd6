package io.pinfold.follower.peers;

import io.pinfold.libp2p.AddressBook;
import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.Host;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this peer connected to the cluster: while it has fewer connections than it wants, it dials peers from the
 * configuration, the template and earlier days.
 *
 * <p>Peers are dialled in random order, a few at a time, so that those that everybody knows are not everybody's hub.
 */
public final class Bootstrapper implements AutoCloseable {

    /** Most peers dialled in one {@link #round}. */
    public static final int MAX_DIALS = 8;

    private static final Logger log = LoggerFactory.getLogger(Bootstrapper.class);
    private static final Duration KNOWN_FOR = Duration.ofHours(24);

    private final Host host;
    private final KnownPeersFile file;
    private final int wanted;
    private final Duration timeout;
    private final RandomGenerator random;
    private final TaskGroup tasks = new TaskGroup("bootstrap");

    /** A bootstrapper that aims at {@code wanted} connections; one may take {@code timeout} to make. */
    public Bootstrapper(Host host, KnownPeersFile file, int wanted, Duration timeout, RandomGenerator random) {
        this.host = host;
        this.file = file;
        this.wanted = wanted;
        this.timeout = timeout;
        this.random = random;
    }

    /** Fills the address book with the configured addresses, for ever, and those of earlier days. */
    public void learn(List<Multiaddr> configured) {
        for (Multiaddr address : configured) {
            address.peerId()
                    .filter(peer -> !peer.equals(host.id()))
                    .ifPresent(peer -> host.addressBook().add(peer, List.of(address), AddressBook.PERMANENT));
        }
        file.read().forEach((peer, addresses) -> host.addressBook().add(peer, addresses, KNOWN_FOR));
    }

    /** Dials if there are too few connections; returns at once. */
    public void round() {
        Set<PeerId> connected = host.connectedPeers();
        if (connected.size() >= wanted) {
            return;
        }
        List<PeerId> candidates = new ArrayList<>(host.addressBook().peers());
        candidates.removeAll(connected);
        candidates.remove(host.id());
        Collections.sort(candidates);
        Collections.shuffle(candidates, random);
        int dials = Math.min(MAX_DIALS, Math.min(candidates.size(), wanted - connected.size()));
        candidates.subList(0, dials).forEach(this::dial);
    }

    /** Writes the addresses of connected peers down, with those of earlier ones. */
    public void save() {
        Map<PeerId, List<Multiaddr>> peers = new TreeMap<>();
        for (PeerId peer : host.connectedPeers()) {
            peers.put(peer, host.addressBook().addresses(peer));
        }
        if (peers.isEmpty()) {
            return;
        }
        file.read().forEach(peers::putIfAbsent);
        file.write(peers);
    }

    /** Ends dialling. */
    @Override
    public void close() {
        tasks.close();
    }

    private void dial(PeerId peer) {
        tasks.run(() -> {
            switch (host.connect(peer, List.of(), timeout)) {
                case DialResult.Connected _ -> log.info("connected to {}", peer);
                case DialResult.Failed(var attempts) -> log.debug("cannot connect to {}: {}", peer, attempts);
            }
        });
    }
}
