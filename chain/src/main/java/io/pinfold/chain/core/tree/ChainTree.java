package io.pinfold.chain.core.tree;

import io.pinfold.chain.ChainStore;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.chain.core.verify.Verdict;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All blocks that are valid in their place, on any branch: those used lately in memory, the others found again through
 * the chain store.
 *
 * <p>For one thread. Memory is bounded by the given capacity; a block whose node was dropped costs a scan of up to some
 * thousand blocks when it is asked for again.
 */
public final class ChainTree {

    /** The number of nodes in memory that is right for a peer: some 10 MB with few authors. */
    public static final int CAPACITY = 32_768;

    private final BlockVerifier verifier;
    private final ChainStore store;
    private final int capacity;
    private final StateMark genesis;
    private final Checkpoints checkpoints;
    private final LinkedHashMap<Cid, BlockNode> nodes = new LinkedHashMap<>(1024, 0.75f, true);
    private final Map<AuthorSeq, Cid> bySequence = new HashMap<>();
    private final Map<Cid, Cid> firstAbove = new HashMap<>();

    private record AuthorSeq(PeerId author, long seq) {}

    /**
     * A tree over {@code store} with nothing in memory.
     *
     * @param applied where the state stands: the genesis, or a block of the store's applied branch
     */
    public ChainTree(BlockVerifier verifier, ChainStore store, StateMark applied, int capacity) {
        this.verifier = verifier;
        this.store = store;
        this.capacity = capacity;
        this.genesis = StateMark.genesis(verifier.chainId());
        this.checkpoints = new Checkpoints(genesis, applied);
    }

    /** Adds a block that is valid in its place, and is not here; whether another stands on the same block below. */
    public boolean add(BlockNode node) {
        nodes.put(node.cid(), node);
        bySequence.putIfAbsent(new AuthorSeq(node.author(), node.seq()), node.cid());
        boolean fork = firstAbove.putIfAbsent(node.prev().cid(), node.cid()) != null;
        if (nodes.size() > capacity) {
            BlockNode eldest = nodes.pollFirstEntry().getValue();
            bySequence.remove(new AuthorSeq(eldest.author(), eldest.seq()), eldest.cid());
            firstAbove.remove(eldest.prev().cid(), eldest.cid());
        }
        return fork;
    }

    /** Whether the block {@code cid} is here and valid in its place. The genesis is. */
    public boolean knows(Cid cid) {
        return cid.equals(genesis.point().cid()) || nodes.containsKey(cid)
                || (store.contains(cid) && mark(cid).isPresent());
    }

    /** The node of {@code cid}, if it is in memory. */
    public Optional<BlockNode> node(Cid cid) {
        return Optional.ofNullable(nodes.get(cid));
    }

    /** The block in memory of {@code author} with number {@code seq} that came first. */
    public Optional<Cid> bySequence(PeerId author, long seq) {
        return Optional.ofNullable(bySequence.get(new AuthorSeq(author, seq)));
    }

    /** Tells of a block that was appended to the applied branch. */
    public void passed(StateMark mark) {
        checkpoints.passed(mark);
    }

    /** Tells that the applied branch was left above {@code height}. */
    public void cut(long height) {
        checkpoints.cut(height);
    }

    /** Whether {@code point} is on the store's applied branch. */
    public boolean isApplied(ChainPoint point) {
        return point.height() == 0
                ? point.equals(genesis.point())
                : store.cidAt(point.height()).filter(point.cid()::equals).isPresent();
    }

    /** Where a state stands after the block {@code cid}; empty if it is not known, or not valid in its place. */
    public Optional<StateMark> mark(Cid cid) {
        if (cid.equals(genesis.point().cid())) {
            return Optional.of(genesis);
        }
        BlockNode node = nodes.get(cid);
        return node != null ? Optional.of(node.mark()) : resolve(cid);
    }

    /** The place below {@code cid}; empty if the block is not known. */
    public Optional<ChainPoint> below(Cid cid) {
        BlockNode node = nodes.get(cid);
        return node != null
                ? Optional.of(node.prev())
                : store.get(cid).map(block -> new ChainPoint(block.height() - 1, block.block().prev()));
    }

    /** Finds the mark of a stored block again, by that of the nearest block below that has one. */
    private Optional<StateMark> resolve(Cid cid) {
        Deque<SignedBlock> above = new ArrayDeque<>();
        StateMark mark = null;
        for (Cid at = cid; mark == null;) {
            BlockNode node = nodes.get(at);
            Optional<SignedBlock> block = node == null ? store.get(at) : Optional.empty();
            if (node != null) {
                mark = node.mark();
            } else if (at.equals(genesis.point().cid())) {
                mark = genesis;
            } else if (block.isEmpty()) {
                return Optional.empty();
            } else if (isApplied(new ChainPoint(block.get().height(), at))) {
                mark = appliedMark(block.get().height());
                if (mark == null) {
                    return Optional.empty();
                }
            } else {
                above.push(block.get());
                at = block.get().block().prev();
            }
        }
        return replay(mark, above);
    }

    private Optional<StateMark> replay(StateMark from, Deque<SignedBlock> blocks) {
        StateMark mark = from;
        for (SignedBlock block : blocks) {
            StateMark next = after(block, mark);
            if (next == null) {
                return Optional.empty();
            }
            add(BlockNode.of(block, next));
            mark = next;
        }
        return Optional.of(mark);
    }

    private @Nullable StateMark appliedMark(long height) {
        StateMark[] mark = {checkpoints.atOrBelow(height)};
        if (mark[0].height() < height) {
            store.scan(mark[0].height() + 1, block -> {
                StateMark next = after(block, mark[0]);
                if (next != null) {
                    mark[0] = next;
                    checkpoints.passed(next);
                }
                return next != null && next.height() < height;
            });
        }
        return mark[0].height() == height ? mark[0] : null;
    }

    private @Nullable StateMark after(SignedBlock block, StateMark parent) {
        return block.block().prev().equals(parent.point().cid())
                && verifier.judge(verifier.kept(block), parent, this::stored,
                        Long.MAX_VALUE) instanceof Verdict.Valid(StateMark after)
                                ? after
                                : null;
    }

    private Optional<CheckedBlock> stored(Cid cid) {
        return store.get(cid).map(verifier::kept);
    }
}
