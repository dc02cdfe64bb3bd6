package io.pinfold.libp2p.host;

import io.pinfold.libp2p.limit.ForwardClock;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * When a peer may be dialled again at an address where it failed.
 *
 * <p>The wait doubles with each failure up to a bound, spread by a quarter either way so that peers that failed together
 * do not come back together. A success forgets. At most {@value #MAX_ENTRIES} are kept, the least recent go first.
 */
final class DialBackOff {

    /** Pairs of peer and address that are remembered. */
    static final int MAX_ENTRIES = 8192;

    private static final double SPREAD = 0.25;
    private static final int MAX_DOUBLINGS = 30;

    private record Key(PeerId peer, Multiaddr address) {}

    private record Wait(int failures, Instant until) {}

    private final Duration first;
    private final Duration most;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<Key, Wait> waits = new LinkedHashMap<>();

    DialBackOff(Duration first, Duration most, InstantSource clock, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.clock = ForwardClock.of(clock);
        this.random = random;
    }

    /** Whether {@code peer} may be dialled at {@code address} now. */
    synchronized boolean allows(PeerId peer, Multiaddr address) {
        Wait wait = waits.get(new Key(peer, address));
        return wait == null || !clock.instant().isBefore(wait.until);
    }

    synchronized void failed(PeerId peer, Multiaddr address) {
        Key key = new Key(peer, address);
        Wait before = waits.remove(key);
        int failures = before == null ? 1 : before.failures + 1;
        waits.put(key, new Wait(failures, clock.instant().plus(spread(length(failures)))));
        if (waits.size() > MAX_ENTRIES) {
            waits.remove(waits.keySet().iterator().next());
        }
    }

    synchronized void succeeded(PeerId peer, Multiaddr address) {
        waits.remove(new Key(peer, address));
    }

    private Duration length(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return doubled.compareTo(most) > 0 ? most : doubled;
    }

    private Duration spread(Duration length) {
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return Duration.ofNanos((long) (length.toNanos() * factor));
    }
}
