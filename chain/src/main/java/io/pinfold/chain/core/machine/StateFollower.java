package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.ChainStore;
import io.pinfold.chain.PinStore;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.tree.BlockNode;
import io.pinfold.chain.core.tree.ChainTree;
import io.pinfold.chain.core.tree.Orphan;
import io.pinfold.chain.core.tree.OrphanPool;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.Fold;
import io.pinfold.chain.core.verify.ForkChoice;
import io.pinfold.chain.core.verify.Verdict;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the state follow the applied branch of the chain store: undoes what was left, applies what was added, and knows
 * which blocks are orphans then.
 */
final class StateFollower {

    private static final Logger LOG = LoggerFactory.getLogger(StateFollower.class);

    private final BlockVerifier verifier;
    private final ChainStore store;
    private final PinStore pins;
    private final StateListener listener;
    private final ChainTree tree;
    private final OrphanPool orphans = new OrphanPool(OrphanPool.CAPACITY);
    private final RecentOps recent = new RecentOps();
    private boolean telling;
    private StateMark best;

    /** Takes the state back to where it is on the applied branch of {@code store}. */
    StateFollower(BlockVerifier verifier, ChainStore store, PinStore pins, StateListener listener, int capacity) {
        this.verifier = verifier;
        this.store = store;
        this.pins = pins;
        this.listener = listener;
        if (pins.mark().height() == 0 && !pins.mark().point().cid().equals(verifier.chainId())) {
            throw new IllegalArgumentException("the state is of another cluster");
        }
        while (!isApplied(pins.mark().point())) {
            pins.rewind(pins.mark().height() - 1);
        }
        this.tree = new ChainTree(verifier, store, pins.mark(), capacity);
        this.best = pins.mark();
    }

    ChainTree tree() {
        return tree;
    }

    OrphanPool orphans() {
        return orphans;
    }

    RecentOps recent() {
        return recent;
    }

    /** Where the state stands. */
    StateMark head() {
        return pins.mark();
    }

    /**
     * The end of the best branch that the store had when orphans were loaded last: of what a crash cut off, blocks may be
     * there whose head is not.
     */
    StateMark bestStored() {
        return ForkChoice.isBetter(best, head()) ? best : head();
    }

    /**
     * Applies what the store has beyond the state, at the start; the listener is not told.
     *
     * @return whether the end of the applied branch was reached, and not a missing block
     */
    boolean catchUp() {
        long end = store.head().map(ChainPoint::height).orElse(0L);
        if (pins.mark().height() > 0) {
            store.get(pins.mark().point().cid()).ifPresent(block -> addIfMissing(block, pins.mark()));
        }
        store.scan(pins.mark().height() + 1, block -> {
            Optional<BlockEffect> effect = effect(block, this::stored);
            effect.ifPresent(this::apply);
            return effect.isPresent();
        });
        if (pins.mark().height() < end) {
            return false;
        }
        loadOrphans();
        telling = true;
        return true;
    }

    /** Tells the listener, after a repair, that the state is another one than it knows. */
    void tellAll() {
        listener.rewound(pins.mark());
    }

    /** Has the state follow to {@code target}, the end of the store's applied branch, whose blocks {@code find} knows. */
    void follow(StateMark target, Function<Cid, Optional<SignedBlock>> find) {
        leave(target);
        while (pins.mark().height() < target.height()) {
            SignedBlock next = store.cidAt(pins.mark().height() + 1)
                    .flatMap(find)
                    .orElseThrow(() -> new IllegalStateException("no block above " + pins.mark().point()));
            apply(effect(next, find)
                    .orElseThrow(() -> new IllegalStateException("a block that was valid is not: " + next)));
        }
        if (orphans.size() == 0 && orphans.takeOverflow()) {
            loadOrphans();
        }
    }

    /** Notes the block of {@code node} as an orphan, unless it is applied. */
    void noteOrphan(BlockNode node) {
        orphans.add(Orphan.of(node), head().sequences());
    }

    /**
     * Goes back to the highest block of the state that is on the applied branch. The blocks that are left are orphans from
     * then on, until a block that merges them is applied.
     */
    private void leave(StateMark target) {
        ChainPoint from = pins.mark().point();
        if (isApplied(from)) {
            return;
        }
        List<BlockNode> left = new ArrayList<>();
        ChainPoint common = from;
        while (!isApplied(common)) {
            nodeOf(common.cid()).ifPresent(left::add);
            common = tree.below(common.cid()).orElseThrow();
        }
        tree.cut(common.height());
        StateMark mark = pins.rewind(common.height());
        while (!isApplied(mark.point())) {
            mark = pins.rewind(mark.height() - 1);
        }
        LOG.info("switch from {} at height {} to {} at height {}, common height {}", from.cid(), from.height(),
                target.point().cid(), target.height(), common.height());
        if (mark.height() < common.height()) {
            listener.raised(new ChainAlert.DeepReorganisation(common, from.height() - common.height(), mark.height()));
        }
        if (telling) {
            listener.rewound(mark);
        }
        left.forEach(this::noteLeft);
    }

    private void noteLeft(BlockNode node) {
        noteOrphan(node);
        node.merges()
                .forEach(merge -> store.get(merge)
                        .ifPresent(block -> orphans.add(Orphan.of(block), head().sequences())));
    }

    private Optional<BlockEffect> effect(SignedBlock block, Function<Cid, Optional<SignedBlock>> find) {
        StateMark before = pins.mark();
        Optional<BlockNode> known = tree.node(block.cid());
        StateMark after;
        if (known.isPresent()) {
            after = known.get().mark();
        } else if (block.block().prev().equals(before.point().cid())
                && verifier.judge(verifier.kept(block), before, cid -> find.apply(cid).map(verifier::kept),
                        Long.MAX_VALUE) instanceof Verdict.Valid(StateMark valid)) {
            after = valid;
            tree.add(BlockNode.of(block, valid));
        } else {
            LOG.warn("{} of the chain store cannot be applied on {}", block, before.point());
            return Optional.empty();
        }
        List<SignedBlock> merges = new ArrayList<>();
        for (Cid merge : block.block().merges()) {
            find.apply(merge).ifPresent(merges::add);
        }
        if (merges.size() < block.block().merges().size()) {
            return Optional.empty();
        }
        recent.add(block, merges);
        orphans.remove(block.block().author(), block.block().seq());
        merges.forEach(merge -> orphans.remove(merge.block().author(), merge.block().seq()));
        return Optional.of(Fold.effect(block, merges, after));
    }

    private void apply(BlockEffect effect) {
        pins.apply(effect);
        tree.passed(effect.after());
        if (telling) {
            listener.applied(effect);
        }
    }

    private void loadOrphans() {
        store.scanOrphans(block -> {
            orphans.add(Orphan.of(block), head().sequences());
            if (block.height() >= bestStored().height()) {
                tree.mark(block.cid())
                        .filter(mark -> ForkChoice.isBetter(mark, bestStored()))
                        .ifPresent(mark -> best = mark);
            }
            return true;
        });
    }

    private Optional<BlockNode> nodeOf(Cid cid) {
        return tree.node(cid)
                .or(() -> tree.mark(cid)
                        .flatMap(mark -> tree.node(cid)
                                .or(() -> store.get(cid).map(block -> BlockNode.of(block, mark)))));
    }

    private void addIfMissing(SignedBlock block, StateMark mark) {
        if (tree.node(block.cid()).isEmpty()) {
            tree.add(BlockNode.of(block, mark));
        }
    }

    private Optional<SignedBlock> stored(Cid cid) {
        return store.get(cid);
    }

    private boolean isApplied(ChainPoint point) {
        return point.height() == 0 || store.cidAt(point.height()).filter(point.cid()::equals).isPresent();
    }
}
