package io.pinfold.rpc.client;

import io.pinfold.libp2p.DialResult;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/** Why a call has no answer, or no more of it. */
public sealed interface RpcFailure {

    /** The called peer said no. */
    record Refused(ErrorCode code, String detail, Optional<Duration> retryAfter) implements RpcFailure {}

    /** No connection to the peer could be made. */
    record Unreachable(DialResult.Failed dial) implements RpcFailure {}

    /** The peer does not speak this protocol. */
    record Unsupported() implements RpcFailure {}

    /** The whole call, or one step of it, took too long. */
    record TimedOut() implements RpcFailure {}

    /** The connection or the stream broke. */
    record Disconnected(String detail) implements RpcFailure {}

    /** The peer's answer breaks the protocol or the method's bounds. */
    record Broken(Refusal refusal) implements RpcFailure {}

    /** We ended the call: its thread was interrupted, or it or the client was closed. */
    record Cancelled() implements RpcFailure {}

    /** Too many calls of our own are running. */
    record Busy() implements RpcFailure {}
}
