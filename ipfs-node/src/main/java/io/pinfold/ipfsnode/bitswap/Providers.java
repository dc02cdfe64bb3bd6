package io.pinfold.ipfsnode.bitswap;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.util.List;

/**
 * Finds peers that have a block, when no connected one does.
 *
 * <p>Called on a virtual thread, at most once at a time for each session; may block, and should give up when it is
 * interrupted.
 */
@FunctionalInterface
public interface Providers {

    /** Knows nobody. */
    Providers NONE = _ -> List.of();

    /** Addresses of peers that are said to have {@code cid}, each with {@code /p2p}; those without are passed over. */
    List<Multiaddr> find(Cid cid);
}
