/**
 * Pins, the references that follow from them, and the collection of what has none.
 *
 * <p>References are counted, not searched for. A <em>node</em> is a multihash and the codec that its bytes are read in; its
 * count is that of recursive pins on it, links to it from kept nodes, and holds of imports. A node whose block is here is
 * <em>unfolded</em> once: each node that it links to counts one more. When a count becomes 0 the node is forgotten and each
 * of its links counts one less, in small steps: so the end of a pin costs what it frees and nothing of what stays. Pins of
 * limited depth, direct ones among them, hold each of their nodes by themselves, since what they keep below a node depends
 * on the way to it.
 *
 * <p>A pin under way is a <em>session</em>: its root counts from the beginning, and what it still wants is in rows of its
 * own; each block that arrives changes both in one write, so a crash at any instant leaves counts that are right and a session
 * that goes on where it was. A node remembers the session that unfolded it: once that session has ended well, all below the
 * node is here, and other sessions pass it by without a look. Nodes that another session is still at are walked.
 *
 * <p>One thread owns all of it ({@link io.pinfold.ipfsnode.pins.Keeper}): it takes requests from a bounded mailbox, makes
 * several in one write, and collects in between in bounded steps. A block is removed by that thread only, when no node of its
 * hash is left and nobody relies on it ({@link io.pinfold.ipfsnode.pins.Guards}).
 */
@NullMarked
package io.pinfold.ipfsnode.pins;

import org.jspecify.annotations.NullMarked;
