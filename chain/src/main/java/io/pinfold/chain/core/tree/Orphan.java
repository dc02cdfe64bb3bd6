package io.pinfold.chain.core.tree;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.Comparator;

/**
 * A block that is not on the applied branch nor merged by it, and whose operations would be lost if nobody merged it.
 *
 * @param prev the block below
 * @param hasOps whether it has operations at all
 */
public record Orphan(Cid cid, long height, Cid prev, PeerId author, long seq, long timeMillis, boolean hasOps) {

    /** The order in which orphans are merged: below before above, and then the same for everybody. */
    static final Comparator<Orphan> ORDER = Comparator.comparingLong(Orphan::height)
            .thenComparingLong(Orphan::timeMillis)
            .thenComparing(Orphan::cid);

    /** {@code block} as an orphan. */
    public static Orphan of(SignedBlock block) {
        return new Orphan(block.cid(), block.height(), block.block().prev(), block.block().author(),
                block.block().seq(), block.block().timeMillis(), !block.block().ops().isEmpty());
    }

    /** The block of {@code node} as an orphan. */
    public static Orphan of(BlockNode node) {
        return new Orphan(node.cid(), node.height(), node.prev().cid(), node.author(), node.seq(),
                node.mark().timeMillis(), node.hasOps());
    }
}
