package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.bitswap.BitswapConfig;
import io.pinfold.ipfsnode.fetch.GraphFetchConfig;
import io.pinfold.ipfsnode.fetch.web.WebPlace;
import io.pinfold.ipfsnode.ipns.NamesConfig;
import io.pinfold.ipfsnode.store.StoreConfig;
import java.util.List;

/**
 * Bounds of an embedded node.
 *
 * @param maxStorage the most bytes that blocks may take on disk (100 GiB); a pin that would pass it fails and keeps nothing
 * @param store the blocks on disk
 * @param bitswap what peers may want of us, and we of them
 * @param fetch the walks that bring graphs here
 * @param names publishing and looking up
 * @param routers servers of delegated routing that are asked who has a block and what a name stands for, and told our names (none)
 * @param gateways trustless gateways that are asked for what no peer has (none)
 */
public record EmbeddedNodeConfig(long maxStorage, StoreConfig store, BitswapConfig bitswap, GraphFetchConfig fetch,
        NamesConfig names, List<WebPlace> routers, List<WebPlace> gateways) {

    /** What blocks may take unless told otherwise, in bytes. */
    public static final long MAX_STORAGE = 100L << 30;

    /** The values in parentheses above, and the defaults of the parts. */
    public static final EmbeddedNodeConfig DEFAULT = new EmbeddedNodeConfig(MAX_STORAGE, StoreConfig.DEFAULT,
            BitswapConfig.DEFAULT, GraphFetchConfig.DEFAULT, NamesConfig.DEFAULT, List.of(), List.of());

    /** Checks the bound. */
    public EmbeddedNodeConfig {
        routers = List.copyOf(routers);
        gateways = List.copyOf(gateways);
        if (maxStorage < 1) {
            throw new IllegalArgumentException("max_storage is at least 1 byte, not " + maxStorage);
        }
    }

    /** The same with another bound of what blocks may take. */
    public EmbeddedNodeConfig withMaxStorage(long bytes) {
        return new EmbeddedNodeConfig(bytes, store, bitswap, fetch, names, routers, gateways);
    }

    /** The same with other servers on the web. */
    public EmbeddedNodeConfig withWeb(List<WebPlace> otherRouters, List<WebPlace> otherGateways) {
        return new EmbeddedNodeConfig(maxStorage, store, bitswap, fetch, names, otherRouters, otherGateways);
    }
}
