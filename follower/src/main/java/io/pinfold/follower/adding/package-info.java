/**
 * Putting files into this peer's IPFS node and into the pinset.
 *
 * <p>Differs from ipfs-cluster: the peer that takes the files holds them, and the others fetch from it as from any node; an upload
 * of several files or folders is refused unless it is wrapped, where ipfs-cluster pins the last of them only; and nothing is told of
 * a root before its pin is durable.
 */
@NullMarked
package io.pinfold.follower.adding;

import org.jspecify.annotations.NullMarked;
