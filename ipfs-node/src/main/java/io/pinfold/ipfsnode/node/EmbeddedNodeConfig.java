package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.bitswap.BitswapConfig;
import io.pinfold.ipfsnode.fetch.GraphFetchConfig;
import io.pinfold.ipfsnode.ipns.NamesConfig;
import io.pinfold.ipfsnode.store.StoreConfig;

/**
 * Bounds of an embedded node.
 *
 * @param maxStorage the most bytes that blocks may take on disk (100 GiB); a pin that would pass it fails and keeps nothing
 * @param store the blocks on disk
 * @param bitswap what peers may want of us, and we of them
 * @param fetch the walks that bring graphs here
 * @param names publishing and looking up
 */
public record EmbeddedNodeConfig(long maxStorage, StoreConfig store, BitswapConfig bitswap, GraphFetchConfig fetch,
        NamesConfig names) {

    /** What blocks may take unless told otherwise, in bytes. */
    public static final long MAX_STORAGE = 100L << 30;

    /** The values in parentheses above, and the defaults of the parts. */
    public static final EmbeddedNodeConfig DEFAULT = new EmbeddedNodeConfig(MAX_STORAGE, StoreConfig.DEFAULT,
            BitswapConfig.DEFAULT, GraphFetchConfig.DEFAULT, NamesConfig.DEFAULT);

    /** Checks the bound. */
    public EmbeddedNodeConfig {
        if (maxStorage < 1) {
            throw new IllegalArgumentException("max_storage is at least 1 byte, not " + maxStorage);
        }
    }

    /** The same with another bound of what blocks may take. */
    public EmbeddedNodeConfig withMaxStorage(long bytes) {
        return new EmbeddedNodeConfig(bytes, store, bitswap, fetch, names);
    }
}
