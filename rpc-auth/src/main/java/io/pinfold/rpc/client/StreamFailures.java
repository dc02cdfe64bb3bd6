package io.pinfold.rpc.client;

import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.OpenResult.Unreachable;
import io.pinfold.libp2p.OpenResult.Unsupported;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** What failures of streams mean for a call. */
final class StreamFailures {

    private StreamFailures() {}

    /** What {@code failure} of a read or write means, where {@code closed} tells that we ended the call ourselves. */
    static RpcFailure of(IOException failure, boolean closed) {
        if (closed || Thread.currentThread().isInterrupted()) {
            return new RpcFailure.Cancelled();
        }
        if (failure instanceof SocketTimeoutException) {
            return new RpcFailure.TimedOut();
        }
        return new RpcFailure.Disconnected(String.valueOf(failure.getMessage()));
    }

    /** What a stream that did not open means. */
    static RpcFailure of(OpenResult result) {
        return switch (result) {
            case Unreachable(var dial) -> new RpcFailure.Unreachable(dial);
            case Unsupported _ -> new RpcFailure.Unsupported();
            case OpenResult.Failed(String detail) ->
                Thread.currentThread().isInterrupted()
                        ? new RpcFailure.Cancelled()
                        : new RpcFailure.Disconnected(detail);
            case OpenResult.Opened _ -> throw new IllegalArgumentException("the stream is open");
        };
    }
}
