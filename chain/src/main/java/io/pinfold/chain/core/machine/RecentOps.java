package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.OperationId;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest operation on each CID, of those applied lately; at most {@value #MAX}. */
final class RecentOps {

    /** The greatest number of operations. */
    static final int MAX = 65_536;

    private final Map<Cid, Applied> byCid = new BoundedMap<>(MAX);

    /**
     * An operation that was applied.
     *
     * @param height at which it was applied
     */
    record Applied(LogOp op, OperationId id, long height) {}

    /** Notes the operations of {@code block} and of what it merges. */
    void add(SignedBlock block, List<SignedBlock> merges) {
        merges.forEach(merge -> add(merge, block.height()));
        add(block, block.height());
    }

    /** The newest operation on {@code cid}, if it is not too long ago. */
    Optional<Applied> get(Cid cid) {
        return Optional.ofNullable(byCid.get(cid));
    }

    private void add(SignedBlock block, long height) {
        List<LogOp> ops = block.block().ops();
        for (int i = 0; i < ops.size(); i++) {
            Cid cid = subject(ops.get(i)).orElse(null);
            if (cid != null) {
                byCid.remove(cid);
                byCid.put(cid, new Applied(ops.get(i), new OperationId(block.block().author(), block.block().seq(), i),
                        height));
            }
        }
    }

    static Optional<Cid> subject(LogOp op) {
        return switch (op) {
            case LogOp.PinOp(var pin) -> Optional.of(pin.cid());
            case LogOp.UnpinOp(Cid cid) -> Optional.of(cid);
            case LogOp.TrustOp _,LogOp.ConfigOp _ -> Optional.empty();
        };
    }
}
