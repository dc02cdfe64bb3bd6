package io.pinfold.ipfsnode.fetch;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Refusal;
import java.time.Duration;

/** What became of a {@link GraphFetch}. What was stored until then stays stored, whatever it was. */
public sealed interface GraphOutcome {

    /** Every block of the graph is here. */
    record Complete(Totals totals) implements GraphOutcome {}

    /** No block came for so long; {@code waitingFor} is one of those that are missing. */
    record Stalled(Totals totals, Cid waitingFor, Duration silence) implements GraphOutcome {}

    /** The next blocks, of so many bytes, were not {@linkplain GraphWatcher#admits admitted}. */
    record OverBudget(Totals totals, long bytes) implements GraphOutcome {}

    /** The graph has a block that no walk gets past: its links cannot be told, or its hash cannot be compared. */
    record Unreadable(Cid cid, Refusal refusal) implements GraphOutcome {}

    /** The disk is full. */
    record DiskFull(String detail) implements GraphOutcome {}

    /** The disk failed. */
    record DiskFailed(String detail) implements GraphOutcome {}

    /** The thread was interrupted; it still is. */
    record Cancelled(Totals totals) implements GraphOutcome {}

    /**
     * How far a walk came. A leaf that is linked to many times may count as often.
     *
     * @param blocks that are here, bytes of theirs
     * @param fetchedBlocks those of them that were not here before, and their bytes
     */
    record Totals(long blocks, long bytes, long fetchedBlocks, long fetchedBytes) {}
}
