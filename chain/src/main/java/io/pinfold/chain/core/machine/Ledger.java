package io.pinfold.chain.core.machine;

import io.pinfold.chain.BlockBackup;
import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.ChainStore;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.tree.BlockNode;
import io.pinfold.chain.core.tree.ChainTree;
import io.pinfold.chain.core.tree.WaitingRoom;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.chain.core.verify.ForkChoice;
import io.pinfold.chain.core.verify.Verdict;
import io.pinfold.multiformats.Cid;
import io.pinfold.trust.Equivocation;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The blocks of a chain: judges those that arrive, knows the best branch, and makes both durable.
 *
 * <p>{@link #arrived} works in memory; {@link #commit} writes what it took in, all with one force, and has the state
 * follow. If the disk fails, {@code commit} may be called again.
 */
final class Ledger {

    /** The greatest number of invalid blocks that are remembered. */
    static final int MAX_INVALID = 4096;
    /** The number of blocks that may wait for a disk that is full or fails, and their size in bytes; then no more are taken in. */
    static final int MAX_HELD = 4096;
    static final long MAX_HELD_BYTES = 16 << 20;

    private final BlockVerifier verifier;
    private final ChainStore store;
    private final StateFollower state;
    private final StateListener listener;
    private final BlockBackup backup;
    private final ChainTree tree;
    private final WaitingRoom waiting = new WaitingRoom();
    /** What is to be appended, in order. */
    private final LinkedHashMap<Cid, CheckedBlock> fresh = new LinkedHashMap<>();
    private final Set<Cid> invalid = Collections.newSetFromMap(new BoundedMap<>(MAX_INVALID));
    private StateMark best;
    private long freshBytes;

    /** The ledger of a store whose applied branch {@code state} has been followed to its end. */
    Ledger(BlockVerifier verifier, ChainStore store, StateFollower state, ChainPorts ports) {
        this.verifier = verifier;
        this.store = store;
        this.state = state;
        this.tree = state.tree();
        this.listener = ports.listener();
        this.backup = ports.backup();
        this.best = state.bestStored();
    }

    /** Where the best branch ends, durable or not. */
    StateMark best() {
        return best;
    }

    /** Whether the block {@code cid} is valid in its place, durable or not. */
    boolean knows(Cid cid) {
        return tree.knows(cid);
    }

    /** The block {@code cid}, if it was checked on its own, here or when it came into the store. */
    Optional<CheckedBlock> find(Cid cid) {
        CheckedBlock block = fresh.get(cid);
        return block != null
                ? Optional.of(block)
                : waiting.get(cid).or(() -> store.get(cid).map(verifier::kept));
    }

    /** Judges {@code blocks} in this order, and whatever waited for them. */
    Arrivals arrived(Collection<CheckedBlock> blocks, long nowMillis) {
        Arrivals arrivals = new Arrivals();
        Deque<CheckedBlock> queue = new ArrayDeque<>(blocks);
        while (!queue.isEmpty()) {
            CheckedBlock block = queue.remove();
            if (!tree.knows(block.cid()) && !invalid.contains(block.cid())) {
                judge(block, nowMillis, arrivals);
                queue.addAll(waiting.arrived(block.cid()));
            }
        }
        return arrivals;
    }

    /** Judges again the blocks of the future whose time has come. */
    Arrivals due(long nowMillis) {
        return arrived(waiting.due(nowMillis), nowMillis);
    }

    /** When a block of the future is due, {@link Long#MAX_VALUE} if none waits. */
    long nextDueMillis() {
        return waiting.nextDueMillis();
    }

    /** Whether there is anything to make durable or to apply. */
    boolean isDirty() {
        return !fresh.isEmpty() || !best.point().equals(state.head().point());
    }

    /**
     * Makes all that arrived durable and has the state follow the best branch.
     *
     * @return the blocks that became durable
     * @throws io.pinfold.chain.StoreException if the disk is full or fails; to be called again
     */
    List<SignedBlock> commit() {
        if (!isDirty()) {
            return List.of();
        }
        List<SignedBlock> blocks = fresh.values().stream().map(CheckedBlock::block).toList();
        store.append(blocks, best.point());
        Map<Cid, CheckedBlock> written = Map.copyOf(fresh);
        state.follow(best,
                cid -> Optional.ofNullable(written.get(cid)).map(CheckedBlock::block).or(() -> store.get(cid)));
        blocks.forEach(block -> tree.node(block.cid()).ifPresent(state::noteOrphan));
        blocks.forEach(backup::offer);
        fresh.clear();
        freshBytes = 0;
        return blocks;
    }

    /** Whether as many blocks wait to be made durable as may. */
    boolean isFull() {
        return fresh.size() >= MAX_HELD || freshBytes >= MAX_HELD_BYTES;
    }

    private void hold(CheckedBlock block) {
        if (fresh.putIfAbsent(block.cid(), block) == null) {
            freshBytes += block.block().bytes().size();
        }
    }

    private void judge(CheckedBlock block, long nowMillis, Arrivals arrivals) {
        witness(block);
        Cid prev = block.block().block().prev();
        Optional<StateMark> parent = tree.mark(prev);
        if (parent.isEmpty()) {
            if (invalid.contains(prev)) {
                reject(block, new Verdict.Invalid(Verdict.Reason.INVALID_PARENT, "it stands on " + prev), arrivals);
            } else {
                waiting.waitFor(block, List.of(prev));
            }
            return;
        }
        switch (verifier.judge(block, parent.get(), this::find, nowMillis)) {
            case Verdict.Valid(StateMark after) -> keep(block, after, arrivals);
            case Verdict.Invalid verdict -> reject(block, verdict, arrivals);
            case Verdict.Deferred(long untilMillis) -> waiting.waitUntil(block, untilMillis);
            case Verdict.MissingMerges(List<Cid> missing) -> {
                waiting.waitFor(block, missing);
                arrivals.addWanted(missing);
            }
            case Verdict.MissingParent(Cid missing) -> waiting.waitFor(block, List.of(missing));
            case Verdict.UpgradeNeeded(String feature) ->
                listener.raised(new ChainAlert.UpgradeNeeded(block.cid(), feature));
        }
    }

    private void keep(CheckedBlock block, StateMark after, Arrivals arrivals) {
        for (Cid merge : block.block().block().merges()) {
            if (!store.contains(merge)) {
                find(merge).ifPresent(this::hold);
            }
        }
        BlockNode node = BlockNode.of(block.block(), after);
        hold(block);
        arrivals.addValid(node, tree.add(node));
        if (ForkChoice.isBetter(after, best)) {
            best = after;
        }
    }

    private void reject(CheckedBlock block, Verdict.Invalid verdict, Arrivals arrivals) {
        invalid.add(block.cid());
        arrivals.addInvalid(verdict);
        if (verdict.reason() != Verdict.Reason.INVALID_PARENT) {
            listener.raised(new ChainAlert.InvalidBlock(block.block().block().author(), block.cid(), verdict));
        }
    }

    /** Raises an alert if {@code block}, whose signature holds, has the number of another of its author. */
    private void witness(CheckedBlock block) {
        SignedBlock one = block.block();
        tree.bySequence(one.block().author(), one.block().seq())
                .filter(other -> !other.equals(one.cid()))
                .flatMap(this::find)
                .ifPresent(other -> listener.raised(new ChainAlert.Equivocated(Equivocation.of(one.block().author(),
                        one.block().seq(), one.bytes(), other.block().bytes()))));
    }

    /** Whether the block {@code cid} is not durable yet. */
    boolean isFresh(Cid cid) {
        return fresh.containsKey(cid);
    }

    /** Takes the best branch of the store for the best, after the store was repaired. */
    void reset() {
        best = state.bestStored();
    }
}
