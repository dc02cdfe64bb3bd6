package io.pinfold.rpc.server;

import io.pinfold.libp2p.Stream;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.Deadline;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.Method;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcProtocol;
import io.pinfold.rpc.frame.Frame;
import io.pinfold.rpc.frame.FrameReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Reads a call's request and decides whether it may reach its handler. */
final class CallGate {

    private final MethodTable table;
    private final Authorizer authorizer;
    private final RpcServerConfig config;
    private final InstantSource clock;
    private final CallerLimiter limiter;

    CallGate(MethodTable table, Authorizer authorizer, RpcServerConfig config, InstantSource clock) {
        this.table = table;
        this.authorizer = authorizer;
        this.config = config;
        this.clock = clock;
        this.limiter = new CallerLimiter(clock);
    }

    /** What the gate says to a call. */
    sealed interface Passage {

        /** It may run; {@code permit} is to be given back after. */
        record Open(RpcCall call, Permit permit) implements Passage {}

        /** It may not run. */
        record Shut(ErrorCode code, String detail, Optional<Duration> retryAfter) implements Passage {}

        /** The request breaks the protocol. */
        record Broken(ErrorCode code, Refusal refusal) implements Passage {}

        /** The caller left before the request was there. */
        record Gone() implements Passage {}
    }

    /** Reads the request on {@code stream} and judges it. */
    Passage pass(Stream stream, boolean trusted) {
        InputStream in = Deadline.after(config.requestTimeout(), clock).input(stream);
        try {
            return switch (read(in)) {
                case Decoded.Ok<Frame.Request>(Frame.Request request) -> judge(stream.remotePeer(), trusted, request);
                case Decoded.Refused<Frame.Request>(Refusal refusal) -> new Passage.Broken(codeOf(refusal), refusal);
            };
        } catch (SocketTimeoutException _) {
            return shut(ErrorCode.DEADLINE, "the request did not arrive in " + config.requestTimeout());
        } catch (IOException _) {
            return new Passage.Gone();
        }
    }

    private static Decoded<Frame.Request> read(InputStream in) throws IOException {
        Decoded<Frame.Request> request = FrameReader.read(in, RpcProtocol.MAX_REQUEST_FRAME).flatMap(CallGate::request);
        if (request instanceof Decoded.Ok<Frame.Request>) {
            Decoded<Boolean> end = FrameReader.readEnd(in);
            return request.flatMap(value -> end.map(_ -> value));
        }
        return request;
    }

    private static Decoded<Frame.Request> request(Frame frame) {
        return frame instanceof Frame.Request request
                ? Decoded.ok(request)
                : Decoded.refused(Refusal.Kind.WRONG_TYPE, "the first frame is not a request");
    }

    private static ErrorCode codeOf(Refusal refusal) {
        return refusal.kind() == Refusal.Kind.TOO_LONG ? ErrorCode.TOO_LARGE : ErrorCode.BAD_REQUEST;
    }

    private Passage judge(PeerId caller, boolean trusted, Frame.Request request) {
        Optional<Method> found = table.find(request.method());
        if (found.isEmpty()) {
            return shut(ErrorCode.UNKNOWN_METHOD, request.method());
        }
        Method method = found.get();
        if (!authorizer.permits(caller, method)) {
            return shut(ErrorCode.FORBIDDEN, method.name());
        }
        if (request.body().size() > method.requestBytes()) {
            return shut(ErrorCode.TOO_LARGE, method.name() + " takes at most " + method.requestBytes() + " bytes");
        }
        return switch (limiter.begin(caller, method)) {
            case CallerLimiter.Verdict.Later(Duration wait) ->
                new Passage.Shut(ErrorCode.LIMIT, "too many calls of " + method.name(), Optional.of(wait));
            case CallerLimiter.Verdict.Begun(Permit permit) -> {
                Instant deadline = clock.instant().plus(shorter(method.deadline(), request.timeout()));
                yield new Passage.Open(new RpcCall(caller, trusted, method, request.body(), deadline), permit);
            }
        };
    }

    private static Passage shut(ErrorCode code, String detail) {
        return new Passage.Shut(code, detail, Optional.empty());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
