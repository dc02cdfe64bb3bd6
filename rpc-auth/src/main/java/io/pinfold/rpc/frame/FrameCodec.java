package io.pinfold.rpc.frame;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.Method;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcProtocol;
import java.time.Duration;
import java.util.Optional;

/** What the bytes of frames mean. */
final class FrameCodec {

    private static final long MAX_MILLIS = Method.MAX_DEADLINE.toMillis();
    private static final CborLimits REQUEST_LIMITS = new CborLimits(RpcProtocol.MAX_REQUEST_FRAME, 1, 16);
    private static final CborLimits ERROR_LIMITS = new CborLimits(RpcProtocol.MAX_ERROR_FRAME, 1, 16);

    private FrameCodec() {}

    /** The bytes of {@code frame}, length first. */
    static byte[] encode(Frame frame) {
        return switch (frame) {
            case Frame.Request request -> frame(Frame.REQUEST, encode(request));
            case Frame.Item(Bytes body) -> frame(Frame.ITEM, body);
            case Frame.End() -> frame(Frame.END, Bytes.EMPTY);
            case Frame.Failure failure -> frame(Frame.ERROR, encode(failure));
        };
    }

    private static byte[] frame(int kind, Bytes body) {
        int length = 1 + body.size();
        byte[] frame = new byte[Varint.sizeOf(length) + length];
        int at = Varint.put(frame, 0, length);
        frame[at] = (byte) kind;
        body.toBuffer().get(frame, at + 1, body.size());
        return frame;
    }

    private static Bytes encode(Frame.Request request) {
        return DagCbor.encode(CborMap.builder()
                .put("body", request.body())
                .put("method", request.method())
                .put("timeout", request.timeout().toMillis())
                .build());
    }

    private static Bytes encode(Frame.Failure failure) {
        CborMapBuilder map = CborMap.builder().put("code", failure.code().number()).put("detail", failure.detail());
        failure.retryAfter().ifPresent(wait -> map.put("retry", wait.toMillis()));
        return DagCbor.encode(map.build());
    }

    /** The frame that {@code content}, the bytes behind the length, means. */
    static Decoded<Frame> decode(byte[] content) {
        if (content.length == 0) {
            return Decoded.refused(Kind.MALFORMED, "frame without a kind");
        }
        Bytes body = Bytes.copyOf(content, 1, content.length - 1);
        return switch (content[0]) {
            case Frame.REQUEST -> request(body);
            case Frame.ITEM -> Decoded.ok(new Frame.Item(body));
            case Frame.END -> body.isEmpty()
                    ? Decoded.ok(new Frame.End())
                    : Decoded.refused(Kind.TRAILING, "bytes in an end frame");
            case Frame.ERROR -> error(body);
            default -> Decoded.refused(Kind.UNSUPPORTED, "frame of kind " + (content[0] & 0xff));
        };
    }

    private static Decoded<Frame> request(Bytes body) {
        return DagCbor.decode(body, REQUEST_LIMITS).flatMap(value -> CborFields.read("request", value, in -> {
            Bytes parameters = in.bytes("body", MethodTable.MAX_REQUEST_BYTES);
            String method = in.text("method", Method.MAX_NAME);
            Duration timeout = Duration.ofMillis(in.number("timeout", 1, MAX_MILLIS));
            if (!Method.isName(method)) {
                throw in.refuse(Kind.MALFORMED, "has a method that is no name");
            }
            return new Frame.Request(method, timeout, parameters);
        }));
    }

    private static Decoded<Frame> error(Bytes body) {
        return DagCbor.decode(body, ERROR_LIMITS).flatMap(value -> CborFields.read("error", value, FrameCodec::error));
    }

    private static Frame error(CborFields in) throws RefusalException {
        ErrorCode code = ErrorCode.of(in.number("code", 1, Integer.MAX_VALUE)).orElse(ErrorCode.INTERNAL);
        String detail = in.text("detail", Frame.Failure.MAX_DETAIL);
        var retry = in.optionalNumber("retry", 0, MAX_MILLIS);
        return new Frame.Failure(code, detail,
                retry.isPresent() ? Optional.of(Duration.ofMillis(retry.getAsLong())) : Optional.empty());
    }
}
