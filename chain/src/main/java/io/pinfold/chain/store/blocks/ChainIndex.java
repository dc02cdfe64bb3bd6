package io.pinfold.chain.store.blocks;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.store.segment.Position;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Optional;

/** What is known of the chain without reading it: all blocks and the applied branch. Not safe for threads. */
final class ChainIndex {

    private final BlockIndex blocks = new BlockIndex();
    private final AppliedBranch branch = new AppliedBranch(blocks);
    private boolean headKnown;

    BlockIndex blocks() {
        return blocks;
    }

    AppliedBranch branch() {
        return branch;
    }

    /** Takes note of a record at {@code position}; of several of one block the last counts. */
    void add(ChainRecord record, long position) {
        switch (record) {
            case ChainRecord.BlockRecord(long height, Digest previous, Digest digest) -> {
                int number = blocks.find(digest);
                if (number != BlockIndex.NONE) {
                    blocks.setPosition(number, position);
                    return;
                }
                List<Integer> children = List.copyOf(blocks.children(digest));
                int clamped = (int) Math.min(height, AppliedBranch.MAX_HEIGHT);
                branch.added(blocks.add(digest, previous, position), clamped, children);
            }
            case ChainRecord.HeadRecord(long height, Digest digest) -> {
                branch.moveTo(Math.toIntExact(height), digest);
                headKnown = true;
            }
        }
    }

    /** Whether the block can be had. */
    boolean holds(Cid cid) {
        return Digest.of(cid).filter(digest -> position(digest) != Position.NONE).isPresent();
    }

    /** Where the block is, or {@link Position#NONE} if it cannot be had. */
    long position(Digest digest) {
        int number = blocks.find(digest);
        return number == BlockIndex.NONE ? Position.NONE : blocks.position(number);
    }

    /** The block {@code number} if it is held and not on the applied branch. */
    Optional<Digest> orphan(int number) {
        return branch.contains(number) || blocks.position(number) == Position.NONE
                ? Optional.empty()
                : Optional.of(blocks.digest(number));
    }

    /** Takes note that the record of {@code digest} at {@code position} is damaged. */
    void lose(Digest digest, long position) {
        int number = blocks.find(digest);
        if (number != BlockIndex.NONE && blocks.position(number) == position) {
            blocks.setPosition(number, Position.NONE);
        }
    }

    /** Whether the block of the applied branch at {@code height} can be had. */
    boolean holdsAt(long height) {
        int number = branch.at(height);
        return number != BlockIndex.NONE && blocks.position(number) != Position.NONE;
    }

    /** The end of the applied branch; empty if none was ever set. */
    Optional<ChainPoint> head() {
        return headKnown ? Optional.of(new ChainPoint(branch.height(), branch.head().toCid())) : Optional.empty();
    }

    /** The block of the applied branch at {@code height}, held or damaged; empty if not even its digest is known. */
    Optional<Digest> at(long height) {
        if (height < 1 || height > branch.height()) {
            return Optional.empty();
        }
        int number = branch.at(height);
        if (number != BlockIndex.NONE) {
            return Optional.of(blocks.digest(number));
        }
        if (height == branch.height()) {
            return Optional.of(branch.head());
        }
        int child = branch.at(height + 1);
        return child == BlockIndex.NONE ? Optional.empty() : Optional.of(blocks.absentParent(child));
    }
}
