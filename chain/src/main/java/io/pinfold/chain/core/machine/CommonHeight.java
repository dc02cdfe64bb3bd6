package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.tree.ChainTree;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The height up to which the branch that ends at a point is the applied one; 0 if it is not known. */
record CommonHeight(ChainTree tree) implements ToLongFunction<ChainPoint> {

    @Override
    public long applyAsLong(ChainPoint point) {
        ChainPoint at = point;
        for (int steps = 0; steps < MergeWatch.MAX_WALK; steps++) {
            if (tree.isApplied(at)) {
                return at.height();
            }
            Optional<ChainPoint> below = tree.below(at.cid());
            if (below.isEmpty()) {
                return 0;
            }
            at = below.get();
        }
        return 0;
    }
}
