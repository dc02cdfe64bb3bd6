package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.ChainStore;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers other peers' requests for blocks from the chain store. For any thread; memory is bounded. */
public final class BlockServer {

    /** How far from the applied branch a requested branch may end, in blocks. */
    static final int MAX_DETOUR = 65_536;

    private final ChainStore store;

    /** A server of the blocks of {@code store}. */
    public BlockServer(ChainStore store) {
        this.store = store;
    }

    /**
     * Gives the blocks that {@code request} asks for to {@code sink}, in the order of the answer, until it says no.
     *
     * @return false if there is none, and {@code sink} was not called
     */
    public boolean answer(BlocksRequest request, Predicate<SignedBlock> sink) {
        return switch (request) {
            case BlocksRequest.ByCid(List<Cid> cids) -> byCid(cids, sink);
            case BlocksRequest.Range range -> range(range, sink);
        };
    }

    private boolean byCid(List<Cid> cids, Predicate<SignedBlock> sink) {
        boolean any = false;
        for (Cid cid : cids) {
            Optional<SignedBlock> block = store.get(cid);
            any |= block.isPresent();
            if (block.isPresent() && !sink.test(block.get())) {
                return true;
            }
        }
        return any;
    }

    private boolean range(BlocksRequest.Range range, Predicate<SignedBlock> sink) {
        Optional<SignedBlock> tip = store.get(range.tip());
        if (tip.isEmpty() || tip.get().height() < range.from()) {
            return false;
        }
        long end = Math.min(tip.get().height(), range.from() + range.count() - 1);
        // The blocks of the branch that are not on the applied one, from the height where it leaves it.
        Deque<Cid> detour = new ArrayDeque<>();
        SignedBlock at = tip.get();
        while (!isApplied(at.height(), at.cid())) {
            if (at.height() <= end) {
                detour.push(at.cid());
            }
            if (at.height() <= range.from()) {
                break;
            }
            Optional<SignedBlock> below = store.get(at.block().prev());
            if (below.isEmpty() || tip.get().height() - at.height() > MAX_DETOUR) {
                return false;
            }
            at = below.get();
        }
        Answer answer = new Answer(range, sink);
        long applied = end - detour.size();
        if (applied >= range.from()) {
            store.scan(range.from(), block -> answer.add(block) && block.height() < applied);
        }
        if (answer.next == applied + 1) {
            for (Cid cid : detour) {
                Optional<SignedBlock> block = store.get(cid);
                if (block.isEmpty() || !answer.add(block.get())) {
                    break;
                }
            }
        }
        return answer.next > range.from();
    }

    private boolean isApplied(long height, Cid cid) {
        return store.cidAt(height).filter(cid::equals).isPresent();
    }

    /** Sends blocks with those that they merge, within the bounds of an answer. */
    private final class Answer {

        private final Predicate<SignedBlock> sink;
        private long next;
        private int blocks;
        private long bytes;

        Answer(BlocksRequest.Range range, Predicate<SignedBlock> sink) {
            this.sink = sink;
            this.next = range.from();
        }

        /** Sends {@code block}; whether there may be more. */
        boolean add(SignedBlock block) {
            List<SignedBlock> all = new ArrayList<>();
            for (Cid merge : block.block().merges()) {
                store.get(merge).ifPresent(all::add);
            }
            all.add(block);
            blocks += all.size();
            bytes += all.stream().mapToLong(each -> each.bytes().size()).sum();
            boolean first = blocks == all.size();
            if (!first && (blocks > BlocksRequest.MAX_BLOCKS || bytes > BlocksRequest.MAX_BYTES)) {
                return false;
            }
            next = block.height() + 1;
            return all.stream().allMatch(sink);
        }
    }
}
