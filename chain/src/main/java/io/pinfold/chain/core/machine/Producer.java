package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.codec.BlockCodec;
import io.pinfold.chain.core.intake.Batch;
import io.pinfold.chain.core.intake.Intake;
import io.pinfold.chain.core.tree.Orphan;
import io.pinfold.chain.core.tree.OrphanPool;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.trust.Guard;
import java.util.List;
import java.util.Optional;

/** Makes this peer's blocks: of the operations that wait, and of the orphans that are to be merged. */
final class Producer {

    /** How many sequence numbers are reserved at a time: one force of the guard log for so many blocks. */
    static final int RESERVE = 64;

    private final Cid chainId;
    private final PrivateKey key;
    private final PeerId self;
    private final Intake intake;
    private final Guard guard;
    private final OrphanPool orphans;
    private final Spacing spacing;

    Producer(Cid chainId, PrivateKey key, Intake intake, Guard guard, OrphanPool orphans, Spacing spacing) {
        this.chainId = chainId;
        this.key = key;
        this.self = key.peerId();
        this.intake = intake;
        this.guard = guard;
        this.orphans = orphans;
        this.spacing = spacing;
    }

    /** When the next block on {@code parent} is due, {@link Long#MAX_VALUE} if there is nothing for one. */
    long dueMillis(StateMark parent, long nowMillis) {
        List<Orphan> next = mergeable(1, parent, nowMillis);
        if (intake.isReady() && next.isEmpty() && orphans.countOf(self) > 0) {
            return Math.max(orphans.nextTimeMillis(), spacing.dueMillis(nowMillis));
        }
        if (intake.isReady() || (!next.isEmpty() && next.getFirst().author().equals(self))) {
            return spacing.dueMillis(nowMillis);
        }
        long mergeable = next.isEmpty() ? orphans.nextTimeMillis() : nowMillis;
        return mergeable == Long.MAX_VALUE
                ? mergeable
                : Math.max(mergeable, Math.max(spacing.mergeDueMillis(), spacing.dueMillis(nowMillis)));
    }

    /** The next orphans that a block on {@code parent} can merge without being later than it is anyhow. */
    private List<Orphan> mergeable(int limit, StateMark parent, long nowMillis) {
        return orphans.next(limit, Math.max(nowMillis, parent.timeMillis()));
    }

    /**
     * The next block on {@code parent}, with all that is due; empty if there is nothing for one.
     *
     * <p>New operations wait until the older ones in this peer's orphans are merged, or those would override them.
     *
     * @throws java.io.UncheckedIOException if the guard log cannot be written; nothing has happened then
     */
    Optional<SignedBlock> make(StateMark parent, long nowMillis) {
        List<Orphan> next = mergeable(Limits.MERGES, parent, nowMillis);
        List<Cid> merges = next.stream().map(Orphan::cid).toList();
        boolean older = orphans.countOf(self) > next.stream().filter(orphan -> orphan.author().equals(self)).count();
        if (guard.reserved() < intake.nextNumber()) {
            guard.reserve(intake.nextNumber() + RESERVE);
        }
        Optional<Batch> batch = older ? Optional.empty() : intake.take();
        if (batch.isEmpty() && merges.isEmpty()) {
            return Optional.empty();
        }
        long seq = batch.map(Batch::seq).orElseGet(intake::takeNumber);
        List<LogOp> ops = batch.map(Batch::ops).orElse(List.of());
        spacing.own(nowMillis);
        return Optional.of(BlockCodec.sign(new Block(chainId, parent.height() + 1, parent.point().cid(),
                parent.trust(), merges, self, seq, Math.max(nowMillis, parent.timeMillis()), ops), key));
    }
}
