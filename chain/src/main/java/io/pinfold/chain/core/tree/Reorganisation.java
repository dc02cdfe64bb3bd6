package io.pinfold.chain.core.tree;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way from the end of the applied branch to that of another.
 *
 * @param common the highest block of both
 * @param undone number of blocks above it that are left
 * @param apply the blocks above it on the other branch, ascending
 */
public record Reorganisation(ChainPoint common, long undone, List<Cid> apply) {

    /** Copies the list. */
    public Reorganisation {
        apply = List.copyOf(apply);
    }

    /** The way from {@code head}, the end of the applied branch, to {@code target}; empty if a block is not known. */
    public static Optional<Reorganisation> between(ChainTree tree, ChainPoint head, ChainPoint target) {
        List<Cid> apply = new ArrayList<>();
        ChainPoint at = target;
        while (at.height() > head.height() || !tree.isApplied(at)) {
            Optional<ChainPoint> below = tree.below(at.cid());
            if (below.isEmpty()) {
                return Optional.empty();
            }
            apply.add(at.cid());
            at = below.get();
        }
        return Optional.of(new Reorganisation(at, head.height() - at.height(), apply.reversed()));
    }
}
