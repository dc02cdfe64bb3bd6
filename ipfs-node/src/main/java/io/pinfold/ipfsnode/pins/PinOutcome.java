package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Refusal;
import java.util.List;

/** What became of a session. */
public sealed interface PinOutcome {

    /** All is here and pinned. */
    record Done(Pin pin, Progress progress) implements PinOutcome {}

    /** Some of what is not here; the session goes on. */
    record Missing(List<Cid> some) implements PinOutcome {}

    /** The links of a block cannot be told; the session goes on, though without much hope. */
    record Unreadable(Cid cid, Refusal refusal) implements PinOutcome {}

    /** So many bytes more would have been above the bound; the session has ended, and what only it wanted is being removed. */
    record OverBudget(long bytes) implements PinOutcome {}

    /** The session had ended. */
    record Ended() implements PinOutcome {}

    /** The disk is full or fails; the session goes on. */
    record Trouble(String detail, boolean full) implements PinOutcome {}
}
