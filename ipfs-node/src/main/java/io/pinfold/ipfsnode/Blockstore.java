package io.pinfold.ipfsnode;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Multihash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * Blocks on disk, one copy for each multihash; identity hashes take no room.
 *
 * <p>The blocks given are genuine: whoever fetched or made them has compared hash and data. A block that was acknowledged
 * is there after the process was killed; what was half written is never served.
 */
public interface Blockstore extends BlockReader, AutoCloseable {

    /** Blocks that {@link #forEach} asks for at a time. */
    int PAGE = 1_024;

    /** Stores blocks, those that are here already among them, and returns when they are as safe as the store promises. */
    Put put(List<Block> blocks);

    /** Looks for a block and compares its data with its hash, however long that takes. */
    Found check(Multihash block);

    /** Removes blocks; those that are not here are passed over. */
    Removal remove(Collection<Multihash> blocks);

    /** How many blocks there are and how many bytes of data they have, exactly. */
    Usage usage();

    /** The first blocks behind {@code after}, or from the beginning, in the order of their hashes, at most {@code limit}; empty at the end. */
    List<Stored> page(Optional<Multihash> after, int limit);

    /** Hands every block's hash and size to {@code each}, in order; blocks that come or go meanwhile may be missed. */
    default void forEach(ObjLongConsumer<Multihash> each) {
        List<Stored> page = page(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(block -> each.accept(block.hash(), block.size()));
            page = page(Optional.of(page.getLast().hash()), PAGE);
        }
    }

    /** Forces what was stored and gives the folder free. */
    @Override
    void close();

    /** A block that is here and the size of its data in bytes. */
    record Stored(Multihash hash, int size) {}

    /** How much is stored. */
    record Usage(long blocks, long bytes) {}

    /** What became of removing. */
    sealed interface Removal {

        /** None is here any more; they had so many {@code bytes} of data. */
        record Removed(long bytes) implements Removal {}

        /** The disk is full, which takes note of removals; some of the blocks may be here. */
        record Full(String detail) implements Removal {}

        /** The disk failed; some of the blocks may be here. */
        record Failed(String detail) implements Removal {}
    }

    /** What became of storing. */
    sealed interface Put {

        /** All are here; {@code newBytes} of them were not before. */
        record Stored(long newBytes) implements Put {}

        /** The disk is full; some of the blocks may be here. */
        record Full(String detail) implements Put {}

        /** The disk failed. */
        record Failed(String detail) implements Put {}
    }
}
