package io.pinfold.ipfsnode.unixfs.read;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.multiformats.Cid;

/**
 * Gets blocks that are compared with their CIDs: a store's {@link io.pinfold.ipfsnode.BlockReader#find}, or something that
 * fetches what is not here.
 *
 * <p>Called by several threads at once, by no more than {@value FileReader#MAX_AHEAD} of one reading; may block, and returns
 * early when interrupted.
 */
@FunctionalInterface
public interface BlockGetter {

    /** The block, or why there is none. */
    Found get(Cid cid);
}
