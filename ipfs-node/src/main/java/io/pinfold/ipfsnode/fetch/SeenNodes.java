package io.pinfold.ipfsnode.fetch;

import io.pinfold.multiformats.Cid;
import java.nio.ByteBuffer;

/**
 * The nodes that a walk has been at, each with the levels that it was walked down from there, in memory that never passes a
 * bound: near it and past it nodes are forgotten, so an answer may be "not yet" for one that was seen, never the other way
 * round.
 *
 * <p>A node is known by 128 bits of its digest and its codec. The table has buckets of {@value #BUCKET}, and doubles when
 * one is full, until the bound; from then on a full bucket loses its entries in turn.
 */
final class SeenNodes {

    /** The smallest bound, in nodes. */
    static final int SMALLEST = 16;

    private static final int BUCKET = 8;
    private static final long CODEC_SPREAD = 0x9e3779b97f4a7c15L;

    private final int most;
    private final boolean limited;
    private long[] high;
    private long[] low;
    private int[] levels;
    private int turn;

    /**
     * @param most nodes remembered, a power of two
     * @param limited whether walks have an end of levels, so that they must be remembered
     */
    SeenNodes(int most, boolean limited) {
        this.most = most;
        this.limited = limited;
        high = new long[SMALLEST];
        low = new long[SMALLEST];
        levels = new int[limited ? SMALLEST : 0];
    }

    /**
     * Whether {@code node}, whose digest has at least 16 bytes, was not known to have been walked {@code down} levels or
     * more; it is then.
     */
    boolean add(Cid node, int down) {
        ByteBuffer digest = node.hash().digest().toBuffer();
        long first = digest.getLong(0) ^ node.codec() * CODEC_SPREAD;
        long second = digest.getLong(Long.BYTES) | 1; // so that no entry is 0, which means empty
        while (true) {
            int at = find(first, second);
            if (at >= 0) {
                return limited && deepen(at, down);
            }
            if (place(first, second, down)) {
                return true;
            }
            grow();
        }
    }

    private boolean deepen(int at, int down) {
        boolean deeper = levels[at] < down;
        levels[at] = Math.max(levels[at], down);
        return deeper;
    }

    private int find(long first, long second) {
        int bucket = bucket(first, second);
        for (int i = bucket; i < bucket + BUCKET; i++) {
            if (high[i] == first && low[i] == second) {
                return i;
            }
        }
        return -1;
    }

    private boolean place(long first, long second, int down) {
        int bucket = bucket(first, second);
        for (int i = bucket; i < bucket + BUCKET; i++) {
            if (low[i] == 0) {
                return write(i, first, second, down);
            }
        }
        return high.length == most && write(bucket + (turn++ & (BUCKET - 1)), first, second, down);
    }

    private boolean write(int at, long first, long second, int down) {
        high[at] = first;
        low[at] = second;
        if (limited) {
            levels[at] = down;
        }
        return true;
    }

    private int bucket(long first, long second) {
        long mixed = (first ^ Long.rotateLeft(second, 29)) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32) & (high.length - 1) & -BUCKET;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldLevels = levels;
        high = new long[oldHigh.length * 2];
        low = new long[oldHigh.length * 2];
        levels = new int[limited ? oldHigh.length * 2 : 0];
        for (int i = 0; i < oldLow.length; i++) {
            if (oldLow[i] != 0) {
                place(oldHigh[i], oldLow[i], limited ? oldLevels[i] : 0); // half of a bucket finds room in its two heirs
            }
        }
    }
}
