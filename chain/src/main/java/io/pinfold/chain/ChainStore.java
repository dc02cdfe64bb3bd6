package io.pinfold.chain;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The durable copy of the chain: the blocks of the applied branch and of all others that this peer has verified.
 *
 * <p>One thread calls {@link #append}; all other methods may be called from any thread at the same time and see a group
 * of blocks wholly or not at all. All methods may block on the disk. What {@code append} was given before it returned
 * survives a crash at any later instant; what was being appended survives wholly or in part, but the {@link #head} and
 * all blocks of its branch are always there together.
 *
 * <p>A damaged record is never returned: it is {@link #missing} until it has been appended again.
 *
 * <p>If the disk is full or fails, a method throws {@link StoreException}; nothing of that call has happened then, the
 * store is as it was, and the call may be made again.
 */
public interface ChainStore extends AutoCloseable {

    /**
     * Appends {@code blocks} in this order and makes {@code head} the end of the applied branch, durably, with one force.
     *
     * <p>Blocks that are held already are skipped. The previous block of each block of the new applied branch is held or
     * among {@code blocks}; other blocks, such as merged ones, may come without theirs. The list may be empty, and
     * {@code head} may stay, move up, or move to another branch of any height.
     */
    void append(List<SignedBlock> blocks, ChainPoint head);

    /** The end of the applied branch; empty if nothing was ever appended. */
    Optional<ChainPoint> head();

    /** The block {@code cid} of any branch. */
    Optional<SignedBlock> get(Cid cid);

    /** Whether the block {@code cid} can be had; cheaper than {@link #get}. */
    boolean contains(Cid cid);

    /** The CID of the applied branch's block at {@code height}; empty at 0, above the head, and below what was pruned. */
    Optional<Cid> cidAt(long height);

    /**
     * Visits the blocks of the applied branch from height {@code from}, at least 1, upwards, until {@code visitor} says
     * no or the branch ends.
     *
     * <p>Blocks in memory at a time are few. A height whose block is missing ends the visit.
     */
    void scan(long from, Predicate<SignedBlock> visitor);

    /**
     * Visits every held block that is not on the applied branch, in the order they were appended, until {@code visitor}
     * says no. Merged blocks are among them.
     */
    void scanOrphans(Predicate<SignedBlock> visitor);

    /**
     * The blocks of the applied branch, and those that they merge, that were held once and are damaged, so far as is
     * known: of a gap only the uppermost. When they have been appended again there may be more: empty means none.
     */
    List<Cid> missing();

    /** Closes the files. */
    @Override
    void close();
}
