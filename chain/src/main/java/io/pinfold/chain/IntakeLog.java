package io.pinfold.chain;

import java.util.List;

/**
 * The durable list of operations that have been acknowledged to clients and are in no durable block of this peer yet.
 *
 * <p>{@link #append} and {@link #retire} may be called from two threads at once; neither is called by two. All methods
 * may block on the disk. What {@code append} was given before it returned survives a crash at any later instant, in
 * order; of what was being appended some first entries may survive.
 *
 * <p>If the disk is full or fails, a method throws {@link StoreException}; nothing of that call has happened then, the
 * log is as it was, and the call may be made again.
 */
public interface IntakeLog extends AutoCloseable {

    /** The number of retired entries with a key that are kept for {@link #keyed}. */
    int KEPT_KEYS = 65_536;

    /** The entries that were not retired, in the order of {@code append}. For the start. */
    List<IntakeEntry> pending();

    /** The newest entries with an idempotency key, retired or not, oldest first. For the start. */
    List<IntakeEntry> keyed();

    /** Appends {@code entries}, of which there may be none, in this order, durably, with all retirements before it. */
    void append(List<IntakeEntry> entries);

    /**
     * Forgets the entries with sequence number {@code seq}, because a durable block holds them or because they have been
     * appended again under another number. Survives a crash only after the next {@link #append}: before, they may be pending
     * again.
     */
    void retire(long seq);

    @Override
    void close();
}
