/**
 * GossipSub v1.1 with signed messages.
 *
 * <p>{@link io.pinfold.libp2p.pubsub.gossip.GossipSub} is the {@code PubSub} on a host; {@link io.pinfold.libp2p.pubsub.gossip.GossipRouter}
 * the protocol's state, without input, output or threads: {@link io.pinfold.libp2p.pubsub.gossip.Meshes} says who passes on to whom,
 * {@link io.pinfold.libp2p.pubsub.gossip.Announcements} who has and wants what. {@link io.pinfold.libp2p.pubsub.gossip.Inbound} is the way of a frame
 * from a neighbour, {@link io.pinfold.libp2p.pubsub.gossip.PeerOutbox} that to one.
 *
 * <p>Differences from the specification: of the score function only invalid messages (P4) and misbehaviour (P7) are
 * counted; peer exchange is neither sent nor followed; every message is signed (StrictSign) and named by the
 * application; no fanout, since only subscribers publish.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md">gossipsub v1.1</a>
 */
@NullMarked
package io.pinfold.libp2p.pubsub.gossip;

import org.jspecify.annotations.NullMarked;
