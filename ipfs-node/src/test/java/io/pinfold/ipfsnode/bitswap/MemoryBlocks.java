package io.pinfold.ipfsnode.bitswap;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Blocks in memory. */
public final class MemoryBlocks implements BlockReader {

    private final Map<Multihash, Bytes> blocks = new ConcurrentHashMap<>();

    /** Adds a block, which is taken to be genuine. */
    public void put(Block block) {
        blocks.put(block.cid().hash(), block.data());
    }

    /** Adds {@code data} as a raw block. */
    public Cid putRaw(Bytes data) {
        Cid cid = Cid.raw(data);
        put(new Block(cid, data));
        return cid;
    }

    /** How many there are. */
    public int size() {
        return blocks.size();
    }

    @Override
    public boolean has(Cid cid) {
        return blocks.containsKey(cid.hash());
    }

    @Override
    public OptionalInt size(Cid cid) {
        Bytes data = blocks.get(cid.hash());
        return data == null ? OptionalInt.empty() : OptionalInt.of(data.size());
    }

    @Override
    public Found find(Cid cid) {
        Bytes data = blocks.get(cid.hash());
        return data == null ? new Found.Absent() : new Found.Present(data);
    }
}
