package io.pinfold.ipfsnode.fetch;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;

/** Goes along with a {@link GraphFetch}, on its thread; what it throws ends the walk. */
public interface GraphWatcher {

    /** A watcher that lets all happen. */
    GraphWatcher NONE = new GraphWatcher() {
    };

    /**
     * The walk is going to rely on the block: called before it looks whether the block is here, so that whoever collects
     * garbage can leave it alone from now on. May be called again for the same block.
     */
    default void relyOn(Multihash block) {}

    /** The block {@code cid} of so many bytes is here and stored; leaves that are linked to many times may come again. */
    default void here(Cid cid, int bytes) {}

    /** Whether {@code bytes} more may be stored; no ends the walk. */
    default boolean admits(long bytes) {
        return true;
    }

    /** So many blocks with so many bytes are here by now; grows as the walk gets on. */
    default void progress(long blocks, long bytes) {}
}
