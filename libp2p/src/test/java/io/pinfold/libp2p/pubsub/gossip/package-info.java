/** Tests of GossipSub. */
@NullMarked
package io.pinfold.libp2p.pubsub.gossip;

import org.jspecify.annotations.NullMarked;
