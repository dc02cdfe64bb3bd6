package io.pinfold.follower.removal;

import java.util.List;
import java.util.function.Consumer;

/**
 * The durable memory of removals that have not happened yet: an append-only list of records.
 *
 * <p>Any thread may call. {@link #append} blocks until the records are durable; interrupting the caller ends the wait
 * with {@link LogOutcome.NotWritten}, and the records may then be durable or not. Records are kept in the order of the
 * calls. A failed write leaves what was durable before as it is, and a later call may succeed. Nothing is thrown for
 * what a disk does.
 */
public interface RemovalLog extends AutoCloseable {

    /** Hands the records found at opening to {@code each}, oldest first; for once, before anything else. */
    void replay(Consumer<RemovalRecord> each);

    /** Makes {@code records} durable, all or, after a crash, a first part of them. */
    LogOutcome append(List<RemovalRecord> records);

    /** Writes {@code records} soon; a crash or a full disk may lose them. Blocks only while the mailbox is full. */
    void note(List<RemovalRecord> records);

    /** Replaces everything by {@code live}, in one step as far as a crash can tell. */
    LogOutcome compact(List<RemovalRecord> live);

    /** Number of records that a replay would go through. */
    long records();

    /** Writes what was noted and releases the file; returns when that is done. */
    @Override
    void close();
}
