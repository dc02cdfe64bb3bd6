package io.pinfold.chain.core.tree;

import io.pinfold.chain.core.AppliedSequences;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The orphans that wait to be merged, in the order in which that happens.
 *
 * <p>At most the given capacity; beyond, the highest is dropped from memory, and {@link #takeOverflow} says that the chain
 * store has more. For one thread.
 */
public final class OrphanPool {

    /** The number of orphans in memory that is right for a peer: some 50 MB. */
    public static final int CAPACITY = 131_072;

    private final TreeSet<Orphan> inOrder = new TreeSet<>(Orphan.ORDER);
    private final Map<AuthorSeq, Orphan> bySequence = new HashMap<>();
    private final Map<PeerId, Integer> byAuthor = new HashMap<>();
    private final int capacity;
    private boolean overflow;

    private record AuthorSeq(PeerId author, long seq) {}

    /** An empty pool. */
    public OrphanPool(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds {@code orphan}, unless {@code applied} has its number, it has nothing to merge, or another with its number is
     * here, since only one of the two can be merged.
     */
    public void add(Orphan orphan, AppliedSequences applied) {
        AuthorSeq number = new AuthorSeq(orphan.author(), orphan.seq());
        if (!orphan.hasOps() || applied.contains(orphan.author(), orphan.seq())
                || bySequence.putIfAbsent(number, orphan) != null) {
            return;
        }
        inOrder.add(orphan);
        byAuthor.merge(orphan.author(), 1, Integer::sum);
        if (inOrder.size() > capacity) {
            Orphan last = inOrder.last();
            remove(last.author(), last.seq());
            overflow = true;
        }
    }

    /** Drops the orphan of {@code author} with number {@code seq}, because the applied branch has that number now. */
    public void remove(PeerId author, long seq) {
        Orphan orphan = bySequence.remove(new AuthorSeq(author, seq));
        if (orphan != null) {
            inOrder.remove(orphan);
            byAuthor.merge(author, -1, (count, less) -> count + less == 0 ? null : count + less);
        }
    }

    /** Number of orphans of {@code author} in memory. */
    public int countOf(PeerId author) {
        return byAuthor.getOrDefault(author, 0);
    }

    /** The time of the orphan that is merged next, {@link Long#MAX_VALUE} if there is none. */
    public long nextTimeMillis() {
        return inOrder.isEmpty() ? Long.MAX_VALUE : inOrder.first().timeMillis();
    }

    /** The next orphans to merge, at most {@code limit}, up to the first that is younger than {@code nowMillis}. */
    public List<Orphan> next(int limit, long nowMillis) {
        List<Orphan> next = new ArrayList<>();
        for (Orphan orphan : inOrder) {
            if (next.size() == limit || orphan.timeMillis() > nowMillis) {
                break;
            }
            next.add(orphan);
        }
        return next;
    }

    /** Whether the orphan of {@code author} with number {@code seq} waits. */
    public boolean contains(PeerId author, long seq) {
        return bySequence.containsKey(new AuthorSeq(author, seq));
    }

    /** The highest number of {@code author} among the orphans, 0 if there is none. */
    public long highest(PeerId author) {
        return inOrder.stream().filter(orphan -> orphan.author().equals(author)).mapToLong(Orphan::seq).max().orElse(0);
    }

    /** Number of orphans in memory. */
    public int size() {
        return inOrder.size();
    }

    /** Whether orphans were dropped since the last time this was asked. */
    public boolean takeOverflow() {
        boolean answer = overflow;
        overflow = false;
        return answer;
    }
}
