package io.pinfold.rpc.server;

import io.pinfold.rpc.ErrorCode;
import java.io.IOException;

/**
 * Answers the calls of one method, many at once, each on a thread of its own.
 *
 * <p>It sends items to the sink and returns how the answer ends. It need not look at bounds that the table has: the sink
 * refuses what is over. An exception that is not the sink's is a bug of ours; the caller sees {@link ErrorCode#INTERNAL}.
 */
@FunctionalInterface
public interface RpcHandler {

    /** Answers {@code call}. */
    Outcome handle(RpcCall call, AnswerSink answers) throws IOException, InterruptedException;

    /** How an answer ends. */
    sealed interface Outcome {

        /** All that there is to say has been sent. */
        record Done() implements Outcome {}

        /** There is no answer, or no more of it; {@code detail} is for the caller and holds no secrets. */
        record Refused(ErrorCode code, String detail) implements Outcome {}
    }

    /** The outcome of a complete answer. */
    static Outcome done() {
        return new Outcome.Done();
    }

    /** The outcome of a call that is not answered. */
    static Outcome refused(ErrorCode code, String detail) {
        return new Outcome.Refused(code, detail);
    }
}
