package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainStore;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A chain store whose writes end as {@link Fate} has it: of a group, some first blocks may survive without the head. */
record MortalChainStore(MemoryChainStore store, Fate fate) implements ChainStore {

    @Override
    public void append(List<SignedBlock> blocks, ChainPoint head) {
        fate.requireRoomForBlocks();
        fate.write(blocks.size() + 1, written -> {
            if (written > blocks.size()) {
                store.append(blocks, head);
            } else {
                store.append(blocks.subList(0, written), store.head().orElse(new ChainPoint(0, head.cid())));
            }
        });
    }

    @Override
    public Optional<ChainPoint> head() {
        return store.head();
    }

    @Override
    public Optional<SignedBlock> get(Cid cid) {
        return store.get(cid);
    }

    @Override
    public boolean contains(Cid cid) {
        return store.contains(cid);
    }

    @Override
    public Optional<Cid> cidAt(long height) {
        return store.cidAt(height);
    }

    @Override
    public void scan(long from, Predicate<SignedBlock> visitor) {
        store.scan(from, visitor);
    }

    @Override
    public void scanOrphans(Predicate<SignedBlock> visitor) {
        store.scanOrphans(visitor);
    }

    @Override
    public List<Cid> missing() {
        return store.missing();
    }

    @Override
    public void close() {
        store.close();
    }
}
