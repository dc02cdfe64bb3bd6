package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.multiformats.Block;
import java.util.List;

/**
 * Takes the blocks of an import in batches: a block store's {@link io.pinfold.ipfsnode.Blockstore#put}, or nothing.
 *
 * <p>Called by one thread at a time, not always the same; may block. A block comes after those that it links to, perhaps
 * several times.
 */
@FunctionalInterface
public interface BlockSink {

    /** Forgets the blocks: for those who only want to know CIDs. */
    BlockSink NOWHERE = _ -> new Put.Stored(0);

    /** Takes {@code blocks}. */
    Put put(List<Block> blocks);
}
