package io.pinfold.chain.core.machine;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.head.HeadGate;
import io.pinfold.chain.core.tree.BlockNode;
import io.pinfold.multiformats.Cid;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this peer makes of its chain: makes durable what came in, makes blocks of its own, and announces heads. */
final class Outflow {

    /** The number of blocks that are kept to go into a head. */
    private static final int SMALL_BLOCKS = 256;

    private final ChainParts parts;
    private final StateFollower state;
    private final Ledger ledger;
    private final Map<Cid, SignedBlock> small = new BoundedMap<>(SMALL_BLOCKS);

    Outflow(ChainParts parts) {
        this.parts = parts;
        this.state = parts.state;
        this.ledger = parts.ledger;
    }

    /** Makes durable what came; whether the disk is well. */
    boolean commit(long nowMillis) {
        ChainPoint before = state.head().point();
        int orphans = state.orphans().size();
        try {
            for (SignedBlock block : ledger.commit()) {
                if (block.block().author().equals(parts.self)) {
                    parts.intake.retire(block.block().seq());
                }
                if (block.bytes().size() <= Limits.INLINE_BYTES) {
                    small.put(block.cid(), block);
                }
            }
        } catch (StoreException e) {
            parts.disk.failed(e, nowMillis);
            return false;
        }
        parts.disk.over();
        if (!state.tree().isApplied(before)) {
            parts.heads.reorganised();
        }
        if (orphans != state.orphans().size()) {
            parts.spacing.merging(nowMillis);
        }
        return true;
    }

    /** Makes at most one block of our own, if one is due. */
    void produce(long nowMillis) {
        if (parts.rule.state(nowMillis) == Signing.READY) {
            try {
                parts.own.make(nowMillis).ifPresent(block -> add(block, nowMillis));
            } catch (UncheckedIOException e) {
                parts.disk.failed(e, nowMillis);
            }
        }
    }

    private void add(SignedBlock block, long nowMillis) {
        parts.mergeWatch.merging(block.block().merges().stream().flatMap(cid -> stored(cid).stream()).toList());
        List<BlockNode> valid = ledger.arrived(List.of(parts.verifier.kept(block)), nowMillis).valid();
        if (valid.isEmpty()) {
            throw new IllegalStateException("our own block is not valid: " + block);
        }
        parts.announcer.ownBlock();
        commit(nowMillis);
    }

    /** Announces the head, if that is due. */
    void announce(long nowMillis) {
        if (parts.rule.state(nowMillis) != Signing.READY || ledger.isDirty()) {
            return;
        }
        parts.announcer.announce(state.head(), cid -> Optional.ofNullable(small.get(cid)).or(() -> stored(cid)),
                nowMillis).ifPresent(head -> {
                    parts.gate.announced(HeadGate.mark(head.head()));
                    parts.heads.arrived(head);
                });
    }

    private Optional<SignedBlock> stored(Cid cid) {
        return parts.stores.blocks().get(cid);
    }
}
