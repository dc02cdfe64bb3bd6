package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer to a range request that has the form of one.
 *
 * @param blocks all blocks, in the order in which they came
 * @param below the block below the first one of the branch
 * @param from height of the first block of the branch
 * @param top the last block of the branch
 */
record RangeContent(List<CheckedBlock> blocks, Cid below, long from, ChainPoint top) {

    RangeContent {
        blocks = List.copyOf(blocks);
    }

    /**
     * What {@code blocks} are as an answer to {@code request}; empty if no honest peer answers so.
     *
     * <p>The last block is of the branch, and those below are found by its links; what is left are merged blocks.
     */
    static Optional<RangeContent> of(BlocksRequest.Range request, ChainPoint target, List<CheckedBlock> blocks) {
        Map<Cid, CheckedBlock> byCid = new HashMap<>();
        blocks.forEach(block -> byCid.put(block.cid(), block));
        List<CheckedBlock> branch = new ArrayList<>();
        CheckedBlock bottom = blocks.getLast();
        branch.add(bottom);
        while (bottom.block().height() > request.from()) {
            CheckedBlock below = byCid.get(bottom.block().block().prev());
            if (below == null || below.block().height() != bottom.block().height() - 1) {
                return Optional.empty();
            }
            branch.add(below);
            bottom = below;
        }
        long top = blocks.getLast().block().height();
        boolean fits = bottom.block().height() == request.from() && branch.size() <= request.count()
                && top <= target.height() && blocks.size() <= (long) branch.size() * (1 + Limits.MERGES)
                && (top < target.height() || blocks.getLast().cid().equals(target.cid()));
        return fits
                ? Optional.of(new RangeContent(blocks, bottom.block().block().prev(), request.from(),
                        new ChainPoint(top, blocks.getLast().cid())))
                : Optional.empty();
    }
}
