/**
 * The members that this peer is connected to: who they are, where their IPFS nodes are, and keeping the IPFS nodes
 * connected to one another.
 */
@NullMarked
package io.pinfold.follower.peers;

import org.jspecify.annotations.NullMarked;
