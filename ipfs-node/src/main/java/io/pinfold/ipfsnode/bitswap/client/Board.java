package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.ipfsnode.bitswap.BitswapConfig;
import io.pinfold.ipfsnode.bitswap.wire.Counters;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the client knows: sessions, the peers that are connected, the blocks that are wanted; and the one lock over all of it.
 *
 * <p>No I/O is done under the lock.
 */
final class Board {

    private final ReentrantLock lock = new ReentrantLock();
    private final BitswapConfig.Client bounds;
    private final LongSupplier clock;
    private final Counters counters;
    private final Effects effects;
    private final Ranking ranking;
    private final Map<PeerId, ClientPeer> peers = new LinkedHashMap<>();
    private final Map<Multihash, Wish> wishes = new HashMap<>();
    private final Set<WantSession> sessions = new LinkedHashSet<>();

    Board(BitswapConfig.Client bounds, LongSupplier clock, Counters counters, Effects effects) {
        this.bounds = bounds;
        this.clock = clock;
        this.counters = counters;
        this.effects = effects;
        ranking = new Ranking(peers.values());
    }

    Condition newCondition() {
        return lock.newCondition();
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    long now() {
        return clock.getAsLong();
    }

    BitswapConfig.Client bounds() {
        return bounds;
    }

    Counters counters() {
        return counters;
    }

    Effects effects() {
        return effects;
    }

    Ranking ranking() {
        return ranking;
    }

    /** The sessions that are open, in the order of opening. */
    Set<WantSession> sessions() {
        return sessions;
    }

    /** The peers that can be asked. */
    Map<PeerId, ClientPeer> peers() {
        return peers;
    }

    /** What is wanted. */
    Map<Multihash, Wish> wishes() {
        return wishes;
    }

    /** The wishes that {@code session} leads. */
    List<Wish> wishesOf(WantSession session) {
        List<Wish> led = new ArrayList<>();
        for (Multihash hash : session.wanted()) {
            Wish wish = wishes.get(hash);
            if (wish != null && wish.lead() == session) {
                led.add(wish);
            }
        }
        return led;
    }
}
