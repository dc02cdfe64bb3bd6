package io.pinfold.ipfs.testing;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The blocks of a node in memory, and those of the nodes it is connected to. */
final class InMemoryContent {

    private final ReentrantLock lock;
    private final Condition changed;
    private final Map<Multihash, Bytes> blocks = new HashMap<>();
    private final Set<Multihash> promised = new HashSet<>();
    private final Set<InMemoryContent> neighbours = new HashSet<>();
    private boolean hasAll;

    /** All contents that may be connected to each other have one lock. */
    InMemoryContent(ReentrantLock lock, Condition changed) {
        this.lock = lock;
        this.changed = changed;
    }

    void put(Cid cid, Bytes data) {
        change(() -> blocks.put(cid.hash(), data));
    }

    void promise(Cid cid) {
        change(() -> promised.add(cid.hash()));
    }

    void haveAll(boolean all) {
        change(() -> hasAll = all);
    }

    void connect(InMemoryContent other) {
        change(() -> {
            neighbours.add(other);
            other.neighbours.add(this);
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the node or a neighbour has the block. */
    boolean await(Cid cid, Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!available(cid.hash())) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            find(cid.hash()).ifPresent(data -> blocks.put(cid.hash(), data));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The block, of this node alone if {@code offline}. */
    Optional<Bytes> get(Cid cid, boolean offline) {
        lock.lock();
        try {
            return offline ? Optional.ofNullable(blocks.get(cid.hash())) : find(cid.hash());
        } finally {
            lock.unlock();
        }
    }

    long size(Cid cid) {
        return get(cid, false).map(Bytes::size).orElse(0);
    }

    long total() {
        lock.lock();
        try {
            return blocks.values().stream().mapToLong(Bytes::size).sum();
        } finally {
            lock.unlock();
        }
    }

    private boolean available(Multihash hash) {
        return hasAll || hash.code() == Multicodec.IDENTITY || promised.contains(hash) || find(hash).isPresent();
    }

    private Optional<Bytes> find(Multihash hash) {
        Bytes own = blocks.get(hash);
        return own != null
                ? Optional.of(own)
                : neighbours.stream()
                        .filter(node -> node.blocks.containsKey(hash))
                        .findFirst()
                        .map(node -> node.blocks.get(hash));
    }
}
