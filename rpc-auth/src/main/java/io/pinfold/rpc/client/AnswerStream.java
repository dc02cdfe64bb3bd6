package io.pinfold.rpc.client;

import io.pinfold.multiformats.Bytes;

/**
 * The items of an answer, taken one by one; memory holds one at a time.
 *
 * <p>One thread takes, any thread may close. Whoever opened it closes it; closing before the end tells the other side
 * to stop.
 */
public interface AnswerStream extends AutoCloseable {

    /** Waits for what comes next; after an end or a failure always the same. */
    Next next();

    /** Ends the call; a waiting {@link #next} fails as cancelled. */
    @Override
    void close();

    /** What comes next. */
    sealed interface Next {

        /** A part of the answer, within the method's bounds. */
        record Item(Bytes body) implements Next {}

        /** The answer is complete. */
        record End() implements Next {}

        /** No more comes, and the answer is not complete. */
        record Failed(RpcFailure failure) implements Next {}
    }
}
