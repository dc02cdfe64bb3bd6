/**
 * The chain's ports, fitted to gossip, RPC and IPFS: heads on a topic, {@code chain.head} and {@code chain.range}, and
 * the copy of blocks in the IPFS node.
 */
@NullMarked
package io.pinfold.follower.chain;

import org.jspecify.annotations.NullMarked;
