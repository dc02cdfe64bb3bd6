package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.OperationId;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.tree.ChainTree;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Raises an alert where an operation that this peer merges takes the place of a different one on the same CID. */
final class MergeWatch {

    /** How far down the branch of a merged block is followed, in blocks. */
    static final int MAX_WALK = 65_536;
    private static final int MAX_REMEMBERED = 4096;

    private final ChainTree tree;
    private final RecentOps recent;
    private final StateListener listener;
    /** By block, the height at which its branch left the applied one. */
    private final Map<Cid, Long> forks = new BoundedMap<>(MAX_REMEMBERED);

    MergeWatch(ChainTree tree, RecentOps recent, StateListener listener) {
        this.tree = tree;
        this.recent = recent;
        this.listener = listener;
    }

    /** Looks at {@code merges}, which are about to be merged on the branch whose operations are recent. */
    void merging(List<SignedBlock> merges) {
        for (SignedBlock merge : merges) {
            long fork = fork(merge);
            List<LogOp> ops = merge.block().ops();
            for (int i = 0; i < ops.size(); i++) {
                LogOp op = ops.get(i);
                OperationId id = new OperationId(merge.block().author(), merge.block().seq(), i);
                RecentOps.subject(op)
                        .flatMap(recent::get)
                        .filter(former -> former.height() > fork && !former.op().equals(op)
                                && !former.id().author().equals(id.author()))
                        .ifPresent(former -> listener.raised(new ChainAlert.MergeConflict(
                                RecentOps.subject(op).orElseThrow(), op, id, former.op(), former.id())));
            }
        }
    }

    private long fork(SignedBlock block) {
        ChainPoint at = new ChainPoint(block.height() - 1, block.block().prev());
        long fork = -1;
        for (int steps = 0; fork < 0 && steps < MAX_WALK; steps++) {
            Long known = forks.get(at.cid());
            Optional<ChainPoint> below = tree.below(at.cid());
            if (known != null) {
                fork = known;
            } else if (tree.isApplied(at) || below.isEmpty()) {
                fork = at.height();
            } else {
                at = below.get();
            }
        }
        forks.put(block.cid(), Math.max(0, fork));
        return Math.max(0, fork);
    }
}
