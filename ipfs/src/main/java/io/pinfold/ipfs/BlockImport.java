package io.pinfold.ipfs;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import java.util.List;

/**
 * Blocks on their way into a node, whose root is known in the end.
 *
 * <p>For one thread at a time, not always the same. Where the node can, what was put stays until the import is closed,
 * whatever else it collects; a crash ends it. What is neither kept nor needed by another pin is the node's to remove afterwards.
 */
public interface BlockImport extends AutoCloseable {

    /**
     * Stores blocks in any order, each of which has the hash that its CID says; gives their number.
     *
     * <p>After a failure some of them may be stored, and the import is only to be closed.
     */
    Answer<Integer> put(List<Block> blocks);

    /**
     * Pins the whole graph of {@code root}, all of which is here, under {@code name}; may be done for several roots.
     *
     * <p>A recursive pin that is there already is left as it is, name included. A graph that is incomplete is a failure.
     */
    Answer<Cid> keep(Cid root, String name);

    /** Ends the import; without a {@link #keep} nothing of it is pinned. */
    @Override
    void close();
}
