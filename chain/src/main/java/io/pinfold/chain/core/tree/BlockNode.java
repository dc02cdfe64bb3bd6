package io.pinfold.chain.core.tree;

import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.List;

/**
 * What is kept in memory of a block that is valid in its place.
 *
 * @param mark where a state stands after it
 * @param prev the block below
 * @param author of the block
 * @param seq the author's number of it
 * @param merges the blocks that it merges
 * @param hasOps whether it has operations of its own
 */
public record BlockNode(StateMark mark, ChainPoint prev, PeerId author, long seq, List<Cid> merges, boolean hasOps) {

    /** Copies the list. */
    public BlockNode {
        merges = List.copyOf(merges);
    }

    /** The node of {@code block}, after which a state stands at {@code mark}. */
    public static BlockNode of(SignedBlock block, StateMark mark) {
        Block content = block.block();
        return new BlockNode(mark, new ChainPoint(content.height() - 1, content.prev()), content.author(),
                content.seq(), content.merges(), !content.ops().isEmpty());
    }

    /** The block's place. */
    public ChainPoint point() {
        return mark.point();
    }

    /** The block's CID. */
    public Cid cid() {
        return mark.point().cid();
    }

    /** The block's height. */
    public long height() {
        return mark.height();
    }
}
