package io.pinfold.libp2p.host;

import io.pinfold.libp2p.AddressBook;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An address book in memory.
 *
 * <p>At the bound of peers, the peer that was added to longest ago goes, and peers with a permanent address last of all; at
 * the bound of a peer's addresses, the one that expires first. Addresses are kept without their {@code /p2p} part; one that names another peer is left out.
 */
public final class BoundedAddressBook implements AddressBook {

    /**
     * Bounds of an address book.
     *
     * @param peers peers kept; too small and newly learned peers push out others before they are dialled
     * @param addressesPerPeer addresses kept for a peer; each is a dial that somebody else could make us do
     */
    public record Limits(int peers, int addressesPerPeer) {

        /** 4,096 peers, 16 addresses each. */
        public static final Limits DEFAULT = new Limits(4096, 16);

        public Limits {
            if (peers < 1 || addressesPerPeer < 1) {
                throw new IllegalArgumentException("address book limits are at least 1");
            }
        }
    }

    private final InstantSource clock;
    private final Limits limits;
    private final LinkedHashMap<PeerId, Map<Multiaddr, Instant>> entries = new LinkedHashMap<>();

    /** An empty book whose lifetimes run by {@code clock}. */
    public BoundedAddressBook(InstantSource clock, Limits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public synchronized void add(PeerId peer, List<Multiaddr> addresses, Duration lifetime) {
        Instant now = clock.instant();
        Instant end = lifetime.compareTo(PERMANENT) >= 0 ? Instant.MAX : now.plus(lifetime);
        Map<Multiaddr, Instant> known = entries.remove(peer);
        if (known == null) {
            known = new LinkedHashMap<>();
        }
        for (Multiaddr address : addresses) {
            if (address.peerId().map(peer::equals).orElse(true)) {
                known.merge(address.withoutPeer(), end, (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        shrink(known, now);
        if (!known.isEmpty()) {
            entries.put(peer, known);
        }
        if (entries.size() > limits.peers()) {
            evict();
        }
    }

    private void evict() {
        PeerId victim = entries.firstEntry().getKey();
        for (Map.Entry<PeerId, Map<Multiaddr, Instant>> entry : entries.entrySet()) {
            if (!entry.getValue().containsValue(Instant.MAX)) {
                victim = entry.getKey();
                break;
            }
        }
        entries.remove(victim);
    }

    private void shrink(Map<Multiaddr, Instant> known, Instant now) {
        known.values().removeIf(end -> !end.isAfter(now));
        while (known.size() > limits.addressesPerPeer()) {
            known.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey).ifPresent(known::remove);
        }
    }

    @Override
    public synchronized List<Multiaddr> addresses(PeerId peer) {
        Instant now = clock.instant();
        return entries.getOrDefault(peer, Map.of())
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized Set<PeerId> peers() {
        Instant now = clock.instant();
        return entries.entrySet()
                .stream()
                .filter(entry -> entry.getValue().values().stream().anyMatch(now::isBefore))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized void remove(PeerId peer) {
        entries.remove(peer);
    }
}
