/**
 * The embedded IPFS node: blocks on disk, pins, and the protocols by which blocks and names travel.
 *
 * <p>The sub-packages know each other through the ports here: {@link io.pinfold.ipfsnode.BlockReader},
 * {@link io.pinfold.ipfsnode.Blockstore} and {@link io.pinfold.ipfsnode.Exchange}.
 */
@NullMarked
package io.pinfold.ipfsnode;

import org.jspecify.annotations.NullMarked;
