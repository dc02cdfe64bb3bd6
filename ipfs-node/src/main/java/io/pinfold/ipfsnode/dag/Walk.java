package io.pinfold.ipfsnode.dag;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A walk over the blocks that are here and reachable from roots: depth first, a block before its links, links in their order,
 * each block once.
 *
 * <p>This is the order of blocks in a CAR. The caller draws the steps; nothing is read ahead. At most {@link #MAX_WAITING}
 * links wait, some 150 bytes each; blocks met are remembered in 40 bytes each at most. Not for several threads.
 */
public final class Walk {

    /** The greatest number of links that wait to be followed. */
    public static final int MAX_WAITING = 1 << 19;

    /** A number of blocks that is enough for a tebibyte in usual files, and takes 160 MiB of memory. */
    public static final int DEFAULT_MAX_BLOCKS = 1 << 22;

    private final BlockReader blocks;
    private final Limits limits;
    private final Seen seen = new Seen();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long count;
    private long bytes;

    /**
     * How far a walk goes.
     *
     * @param maxDepth links to follow from a root to the last blocks that are visited, 0 for the roots only; blocks farther away
     *         are left out without a word
     * @param maxBlocks blocks to visit, at most 2^29
     */
    public record Limits(int maxDepth, int maxBlocks) {

        /** Any depth, {@link #DEFAULT_MAX_BLOCKS} blocks. */
        public static final Limits DEFAULT = new Limits(Integer.MAX_VALUE, DEFAULT_MAX_BLOCKS);

        /**
         * Checks the limits.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Limits {
            if (maxDepth < 0 || maxBlocks < 0 || maxBlocks > 1 << 29) {
                throw new IllegalArgumentException("limits out of range: " + maxDepth + ", " + maxBlocks);
            }
        }
    }

    /** What a step came to. */
    public sealed interface Step {

        /** A block. */
        record At(Block block, int depth, Links links) implements Step {}

        /** A block that is not visited; the walk may go on without it and what only it links to. */
        record Stuck(Cid cid, Reason reason, String detail) implements Step {}

        /** The end: so many blocks were visited, with so many bytes of data. */
        record Done(long blocks, long bytes) implements Step {}
    }

    /** Why a block is not visited. */
    public enum Reason {
        /** It is not here. */
        MISSING,
        /** It was here and is damaged. */
        DAMAGED,
        /** It is here, and its links cannot be read. */
        MALFORMED,
        /** Its links are more than may wait. */
        TOO_WIDE,
        /** There are more blocks than the walk may visit; every further step says so. */
        TOO_MANY
    }

    private record Waiting(Cid cid, int depth) {}

    /** A walk from {@code roots}, the first one first. */
    public Walk(BlockReader blocks, List<Cid> roots, Limits limits) {
        this.blocks = blocks;
        this.limits = limits;
        push(roots, 0);
    }

    /** Goes on from another root after the end; what was met before is not visited again. */
    public void from(Cid root) {
        push(List.of(root), 0);
    }

    /** Takes the next step; at the end, every further one is the end too. */
    public Step next() {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.peek();
            if (seen.size() == limits.maxBlocks()) {
                return new Step.Stuck(next.cid, Reason.TOO_MANY, "more than " + limits.maxBlocks() + " blocks");
            }
            waiting.pop();
            switch (seen.meet(next.cid, limits.maxDepth() == Integer.MAX_VALUE ? 0 : next.depth)) {
                case NEW -> {
                    return visit(next);
                }
                case NEARER -> {
                    if (!follow(next)) {
                        return tooWide(next.cid);
                    }
                }
                case KNOWN -> {
                }
            }
        }
        return new Step.Done(count, bytes);
    }

    private Step visit(Waiting next) {
        return switch (blocks.find(next.cid)) {
            case Found.Absent() -> new Step.Stuck(next.cid, Reason.MISSING, "not here");
            case Found.Damaged(String detail) -> new Step.Stuck(next.cid, Reason.DAMAGED, detail);
            case Found.Present(Bytes data) -> visit(next, new Block(next.cid, data));
        };
    }

    private Step visit(Waiting next, Block block) {
        return switch (Links.of(block)) {
            case Decoded.Refused<Links>(Refusal refusal) ->
                new Step.Stuck(next.cid, Reason.MALFORMED, refusal.toString());
            case Decoded.Ok<Links>(Links links) -> {
                if (next.depth < limits.maxDepth()) {
                    if (waiting.size() + links.cids().size() > MAX_WAITING) {
                        yield tooWide(next.cid);
                    }
                    push(links.cids(), next.depth + 1);
                }
                count++;
                bytes += block.data().size();
                yield new Step.At(block, next.depth, links);
            }
        };
    }

    /** Follows the links of a block that was visited farther away, where the depth may have cut it off; whether there is room for them. */
    private boolean follow(Waiting nearer) {
        if (nearer.depth < limits.maxDepth()
                && blocks.find(nearer.cid) instanceof Found.Present(Bytes data)
                && Links.of(new Block(nearer.cid, data)) instanceof Decoded.Ok<Links>(Links links)) {
            if (waiting.size() + links.cids().size() > MAX_WAITING) {
                return false;
            }
            push(links.cids(), nearer.depth + 1);
        }
        return true;
    }

    private static Step tooWide(Cid cid) {
        return new Step.Stuck(cid, Reason.TOO_WIDE, "more than " + MAX_WAITING + " links wait");
    }

    private void push(List<Cid> cids, int depth) {
        cids.reversed().forEach(cid -> waiting.push(new Waiting(cid, depth)));
    }
}
