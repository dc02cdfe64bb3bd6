package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A blockstore that tells of what it has stored, so that peers who wait for a block get it. */
record AnnouncedStore(Blockstore store, Consumer<Collection<Multihash>> stored) implements Blockstore {

    @Override
    public Put put(List<Block> blocks) {
        Put put = store.put(blocks);
        if (put instanceof Put.Stored(long newBytes) && newBytes > 0) {
            stored.accept(blocks.stream().map(block -> block.cid().hash()).toList());
        }
        return put;
    }

    @Override
    public boolean has(Cid cid) {
        return store.has(cid);
    }

    @Override
    public OptionalInt size(Cid cid) {
        return store.size(cid);
    }

    @Override
    public Found find(Cid cid) {
        return store.find(cid);
    }

    @Override
    public Found check(Multihash block) {
        return store.check(block);
    }

    @Override
    public Removal remove(Collection<Multihash> blocks) {
        return store.remove(blocks);
    }

    @Override
    public Usage usage() {
        return store.usage();
    }

    @Override
    public List<Stored> page(Optional<Multihash> after, int limit) {
        return store.page(after, limit);
    }

    @Override
    public void close() {
        store.close();
    }
}
