package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Blocks that came by a stream before they were wished for, with so many bytes of data at most. */
final class EarlyBlocks {

    private final int mostBytes;
    private final Map<Multihash, Bytes> blocks = new HashMap<>();
    private long bytes;

    EarlyBlocks(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Whether {@code block} is held or can be. */
    boolean hasRoomFor(Block block) {
        return bytes + block.data().size() <= mostBytes || blocks.containsKey(block.cid().hash());
    }

    /** Holds a block that there is room for. */
    void hold(Block block) {
        if (blocks.putIfAbsent(block.cid().hash(), block.data()) == null) {
            bytes += block.data().size();
        }
    }

    /** Lets a block out. */
    Optional<Bytes> take(Multihash hash) {
        Bytes data = blocks.remove(hash);
        bytes -= data == null ? 0 : data.size();
        return Optional.ofNullable(data);
    }

    void clear() {
        blocks.clear();
        bytes = 0;
    }
}
