package io.pinfold.chain.core.tree;

import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blocks that cannot be judged yet, because another block is missing or because they are of the future.
 *
 * <p>At most {@value #MAX_BLOCKS} blocks and {@value #MAX_BYTES} bytes; the one that came first goes first. Nothing is
 * lost by that, since what is needed is asked for again. For one thread.
 */
public final class WaitingRoom {

    /** The greatest number of blocks. */
    public static final int MAX_BLOCKS = 4096;
    /** The greatest size of all blocks together, in bytes. */
    public static final int MAX_BYTES = 32 << 20;

    private final LinkedHashMap<Cid, CheckedBlock> blocks = new LinkedHashMap<>();
    private final Map<Cid, Set<Cid>> byMissing = new HashMap<>();
    private final PriorityQueue<Due> future = new PriorityQueue<>();
    private long bytes;

    private record Due(long atMillis, Cid cid) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(atMillis, other.atMillis);
        }
    }

    /** Has {@code block} wait for the blocks {@code missing}, any of which releases it. */
    public void waitFor(CheckedBlock block, Collection<Cid> missing) {
        keep(block);
        missing.forEach(cid -> byMissing.computeIfAbsent(cid, _ -> new HashSet<>()).add(block.cid()));
        shrink();
    }

    /** Has {@code block} wait until the clock shows {@code atMillis}. */
    public void waitUntil(CheckedBlock block, long atMillis) {
        keep(block);
        future.removeIf(due -> due.cid().equals(block.cid()));
        future.add(new Due(atMillis, block.cid()));
        shrink();
    }

    /** Takes out the blocks that waited for {@code arrived}. */
    public List<CheckedBlock> arrived(Cid arrived) {
        return take(byMissing.getOrDefault(arrived, Set.of()));
    }

    /** Takes out the blocks whose time has come. */
    public List<CheckedBlock> due(long nowMillis) {
        List<Cid> due = new ArrayList<>();
        for (Due next = future.peek(); next != null && next.atMillis() <= nowMillis; next = future.peek()) {
            due.add(future.remove().cid());
        }
        return take(due);
    }

    /** When the next block is due, {@link Long#MAX_VALUE} if none is. */
    public long nextDueMillis() {
        Due next = future.peek();
        return next == null ? Long.MAX_VALUE : next.atMillis();
    }

    /** The block {@code cid}, if it waits here. */
    public Optional<CheckedBlock> get(Cid cid) {
        return Optional.ofNullable(blocks.get(cid));
    }

    /** Number of blocks. */
    public int size() {
        return blocks.size();
    }

    private void keep(CheckedBlock block) {
        if (blocks.putIfAbsent(block.cid(), block) == null) {
            bytes += block.block().bytes().size();
        }
    }

    private void shrink() {
        while (blocks.size() > MAX_BLOCKS || bytes > MAX_BYTES) {
            remove(blocks.firstEntry().getKey());
        }
    }

    private List<CheckedBlock> take(Collection<Cid> cids) {
        List<CheckedBlock> taken = new ArrayList<>();
        for (Cid cid : List.copyOf(cids)) {
            CheckedBlock block = remove(cid);
            if (block != null) {
                taken.add(block);
            }
        }
        return taken;
    }

    private @Nullable CheckedBlock remove(Cid cid) {
        CheckedBlock block = blocks.remove(cid);
        if (block != null) {
            bytes -= block.block().bytes().size();
            release(block.block().block().prev(), cid);
            block.block().block().merges().forEach(missing -> release(missing, cid));
            future.removeIf(due -> due.cid().equals(cid));
        }
        return block;
    }

    private void release(Cid missing, Cid cid) {
        Set<Cid> waiting = byMissing.get(missing);
        if (waiting != null && waiting.remove(cid) && waiting.isEmpty()) {
            byMissing.remove(missing);
        }
    }
}
