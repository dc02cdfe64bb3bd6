/** The embedded node put together: blockstore, pins, Bitswap, files and names behind the port {@code IpfsNode}. */
@NullMarked
package io.pinfold.ipfsnode.node;

import org.jspecify.annotations.NullMarked;
