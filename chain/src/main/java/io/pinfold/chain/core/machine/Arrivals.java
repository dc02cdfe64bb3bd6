package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.tree.BlockNode;
import io.pinfold.chain.core.verify.Verdict;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What came of blocks that arrived. */
final class Arrivals {

    private final List<BlockNode> valid = new ArrayList<>();
    private final Set<Cid> wanted = new LinkedHashSet<>();
    private boolean forked;
    private boolean invalid;

    void addValid(BlockNode node, boolean fork) {
        valid.add(node);
        forked |= fork;
    }

    void addWanted(List<Cid> cids) {
        wanted.addAll(cids);
    }

    void addInvalid(Verdict.Invalid verdict) {
        invalid |= verdict.reason() != Verdict.Reason.INVALID_PARENT;
    }

    /** The blocks that are valid in their place and were not here before. */
    List<BlockNode> valid() {
        return valid;
    }

    /** Blocks that are needed to judge others and are not asked for yet. */
    Set<Cid> wanted() {
        return wanted;
    }

    /** Whether a block stands beside another. */
    boolean forked() {
        return forked;
    }

    /** Whether a block is invalid. */
    boolean invalid() {
        return invalid;
    }
}
