package io.pinfold.chain.testing;

import io.pinfold.chain.ChainStore;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A chain store in memory, which survives its users. */
public final class MemoryChainStore implements ChainStore {

    private final Map<Cid, SignedBlock> blocks = new LinkedHashMap<>();
    private final List<Cid> applied = new ArrayList<>();
    private final Set<Cid> damaged = new HashSet<>();
    private int appends;

    @Override
    public void append(List<SignedBlock> group, ChainPoint head) {
        appends++;
        for (SignedBlock block : group) {
            damaged.remove(block.cid());
            blocks.putIfAbsent(block.cid(), block);
        }
        List<Cid> path = new ArrayList<>();
        ChainPoint at = head;
        while (at.height() > 0 && (at.height() > applied.size()
                || !applied.get((int) at.height() - 1).equals(at.cid()))) {
            SignedBlock block = blocks.get(at.cid());
            if (block == null) {
                throw new IllegalArgumentException("no block " + at);
            }
            path.add(at.cid());
            at = new ChainPoint(at.height() - 1, block.block().prev());
        }
        applied.subList((int) at.height(), applied.size()).clear();
        applied.addAll(path.reversed());
    }

    @Override
    public Optional<ChainPoint> head() {
        return applied.isEmpty() ? Optional.empty() : Optional.of(new ChainPoint(applied.size(), applied.getLast()));
    }

    @Override
    public Optional<SignedBlock> get(Cid cid) {
        return damaged.contains(cid) ? Optional.empty() : Optional.ofNullable(blocks.get(cid));
    }

    @Override
    public boolean contains(Cid cid) {
        return get(cid).isPresent();
    }

    @Override
    public Optional<Cid> cidAt(long height) {
        return height < 1 || height > applied.size()
                ? Optional.empty()
                : Optional.of(applied.get((int) height - 1));
    }

    @Override
    public void scan(long from, Predicate<SignedBlock> visitor) {
        for (long height = from; height <= applied.size(); height++) {
            Optional<SignedBlock> block = cidAt(height).flatMap(this::get);
            if (block.isEmpty() || !visitor.test(block.get())) {
                return;
            }
        }
    }

    @Override
    public void scanOrphans(Predicate<SignedBlock> visitor) {
        Set<Cid> branch = new HashSet<>(applied);
        for (SignedBlock block : List.copyOf(blocks.values())) {
            if (!branch.contains(block.cid()) && contains(block.cid()) && !visitor.test(block)) {
                return;
            }
        }
    }

    @Override
    public List<Cid> missing() {
        return damaged.stream().toList();
    }

    /** Number of calls of {@link #append}, each of which is one force. */
    public int appends() {
        return appends;
    }

    /** Makes the block {@code cid} unreadable. */
    public void damage(Cid cid) {
        damaged.add(cid);
    }

    /** All blocks, of every branch. */
    public List<SignedBlock> all() {
        return Collections.unmodifiableList(new ArrayList<>(blocks.values()));
    }

    /** A copy, as of a folder. */
    public MemoryChainStore copy() {
        MemoryChainStore copy = new MemoryChainStore();
        copy.blocks.putAll(blocks);
        copy.applied.addAll(applied);
        return copy;
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public String toString() {
        return blocks.size() + " blocks, head " + head();
    }
}
