package io.pinfold.chain.store.blocks;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** The index behind a lock that is held for steps in memory only, never while the disk works. */
final class GuardedIndex {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final ChainIndex index;

    GuardedIndex(ChainIndex index) {
        this.index = index;
    }

    <T> T read(Function<ChainIndex, T> question) {
        lock.readLock().lock();
        try {
            return question.apply(index);
        } finally {
            lock.readLock().unlock();
        }
    }

    void write(Consumer<ChainIndex> change) {
        lock.writeLock().lock();
        try {
            change.accept(index);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
