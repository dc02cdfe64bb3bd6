/**
 * The two ports to IPFS nodes and pinning services, and their values.
 *
 * <p>{@link PinTarget} is what every backend can do; {@link IpfsNode} is a whole node.
 */
@NullMarked
package io.pinfold.ipfs;

import org.jspecify.annotations.NullMarked;
