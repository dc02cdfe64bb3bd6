package io.pinfold.ipfs;

import io.pinfold.multiformats.Cid;
import java.util.function.Consumer;

/**
 * Something that keeps content: it pins, unpins, and tells what it has pinned.
 *
 * <p>Calls block the calling (virtual) thread and may be made from any number of threads; interrupting the thread ends
 * the call at once with {@link BackendFailure.Kind#CANCELLED}, and the backend's own work on it is called off. No method
 * throws for anything that a backend, a network or a disk does. Every call is idempotent.
 */
public interface PinTarget extends AutoCloseable {

    /** How people call this backend, without secrets, for example {@code ipfs://127.0.0.1:5001}. */
    String name();

    /**
     * Pins {@code request} and returns when the content is here, was here, or cannot be had.
     *
     * <p>A root that is pinned already in the same depth or a greater one is left as it is, name included. One that
     * somebody else pinned in a lesser depth is pinned deeper and keeps its name, so that it stays theirs. {@code progress} hears of
     * blocks as they arrive; no new block within {@link PinRequest#stallTimeout} is a failure of kind {@code STALLED}.
     */
    PinOutcome pin(PinRequest request, PinProgress progress);

    /** Removes the pin of {@code cid} if its name begins with {@code mark}; otherwise leaves it alone. */
    UnpinOutcome unpin(Cid cid, String mark);

    /** Whether and how {@code cid} is pinned as a root. */
    StatusOutcome status(Cid cid);

    /**
     * Hands every root pinned in {@code depth} to {@code each}, in no promised order, names left out.
     *
     * <p>Only {@link ListOutcome.Complete} says that nothing is missing: after a failure absence proves nothing.
     */
    ListOutcome list(PinDepth.Kind depth, Consumer<Cid> each);

    /** Ends running calls and returns when they have ended. */
    @Override
    void close();
}
