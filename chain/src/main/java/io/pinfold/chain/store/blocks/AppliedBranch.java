package io.pinfold.chain.store.blocks;

import java.util.BitSet;

/**
 * Which block is at each height of the applied branch. Not safe for threads.
 *
 * <p>A height whose block is damaged is unknown; below it the branch is what it was before the blocks above came, and is
 * linked anew when the block is appended again.
 */
final class AppliedBranch {

    /** The greatest height that can be indexed: more blocks than a disk holds. */
    static final int MAX_HEIGHT = Integer.MAX_VALUE - 1;

    private final BlockIndex blocks;
    private final IntChunks byHeight = new IntChunks();
    private final BitSet applied = new BitSet();
    private int headHeight;
    private Digest head = new Digest(0, 0, 0, 0);

    AppliedBranch(BlockIndex blocks) {
        this.blocks = blocks;
    }

    int height() {
        return headHeight;
    }

    /** The block at {@link #height()}; without meaning at 0. */
    Digest head() {
        return head;
    }

    /** The block at {@code height}, or {@link BlockIndex#NONE} if it is unknown or there is none. */
    int at(long height) {
        return height < 1 || height > headHeight ? BlockIndex.NONE : byHeight.get((int) height);
    }

    boolean contains(int number) {
        return applied.get(number);
    }

    /** Makes the block {@code newHead} at {@code height} the end of the branch. */
    void moveTo(int height, Digest newHead) {
        for (int above = headHeight; above > height; above--) {
            set(above, BlockIndex.NONE);
        }
        headHeight = height;
        head = newHead;
        if (height > 0) {
            int number = blocks.find(newHead);
            set(height, BlockIndex.NONE);
            if (number != BlockIndex.NONE) {
                link(number, height);
            }
        }
    }

    /** Takes note of the block {@code number} at {@code height}, which has just been added to the index. */
    void added(int number, int height, Iterable<Integer> children) {
        boolean isMissed = height == headHeight && head.equals(blocks.digest(number));
        for (int child : children) {
            isMissed |= applied.get(child);
        }
        if (isMissed) {
            link(number, height);
        }
    }

    /** Puts {@code number} at {@code height}, and its ancestors below it down to where the branch is the same. */
    private void link(int number, int height) {
        int block = number;
        for (int at = height; at > 0; at--) {
            if (byHeight.get(at) == block) {
                return;
            }
            set(at, block);
            if (block == BlockIndex.NONE) {
                return;
            }
            block = blocks.parent(block);
        }
    }

    private void set(int height, int number) {
        int former = byHeight.get(height);
        if (former != BlockIndex.NONE) {
            applied.clear(former);
        }
        byHeight.set(height, number);
        if (number != BlockIndex.NONE) {
            applied.set(number);
        }
    }
}
