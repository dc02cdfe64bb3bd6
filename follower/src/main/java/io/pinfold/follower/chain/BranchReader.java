package io.pinfold.follower.chain;

import io.pinfold.chain.ChainStore;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Reads any branch of the chain store upwards: the part that is on the applied branch by height, the rest by walking down
 * from its tip once.
 */
final class BranchReader {

    /** Most blocks beside the applied branch that are walked for one request. */
    static final int MAX_WALK = 50_000;

    private final ChainStore store;

    BranchReader(ChainStore store) {
        this.store = store;
    }

    /**
     * The CIDs of at most {@code count} blocks from height {@code from} on the branch that ends in {@code tip}; nothing if
     * the branch is not here or leaves the applied one too deep below.
     */
    Optional<Iterator<Cid>> read(Cid tip, long from, int count) {
        Deque<Cid> beside = new ArrayDeque<>();
        Cid at = tip;
        for (int steps = 0; steps <= MAX_WALK; steps++) {
            Optional<SignedBlock> block = store.get(at);
            if (block.isEmpty()) {
                return Optional.empty();
            }
            long height = block.get().block().height();
            if (store.cidAt(height).equals(Optional.of(at))) {
                return Optional.of(join(from, height, beside, count));
            }
            beside.addFirst(at);
            if (height <= from) {
                return Optional.of(List.copyOf(beside).stream().skip(from - height).limit(count).iterator());
            }
            at = block.get().block().prev();
        }
        return Optional.empty();
    }

    private Iterator<Cid> join(long from, long appliedTop, Deque<Cid> beside, int count) {
        var applied = LongStream.rangeClosed(from, appliedTop).mapToObj(store::cidAt).takeWhile(Optional::isPresent)
                .map(Optional::orElseThrow);
        long skip = Math.max(0, from - appliedTop - 1);
        return java.util.stream.Stream.concat(applied, List.copyOf(beside).stream().skip(skip)).limit(count).iterator();
    }
}
