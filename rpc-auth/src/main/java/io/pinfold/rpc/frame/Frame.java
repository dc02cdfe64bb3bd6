package io.pinfold.rpc.frame;

import io.pinfold.multiformats.Bytes;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.Method;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One message of a call: the caller sends a request, the called side items and then an end or an error. */
public sealed interface Frame {

    /** First byte of a request frame. */
    int REQUEST = 1;
    /** First byte of an item frame. */
    int ITEM = 2;
    /** First byte of an end frame. */
    int END = 3;
    /** First byte of an error frame. */
    int ERROR = 4;

    /**
     * What the caller wants.
     *
     * @param method the method's name
     * @param timeout how long the caller will wait, in whole milliseconds from 1 to {@link Method#MAX_DEADLINE}
     * @param body the method's own bytes
     */
    record Request(String method, Duration timeout, Bytes body) implements Frame {

        public Request {
            if (!Method.isName(method)) {
                throw new IllegalArgumentException("not a method name: " + method);
            }
            timeout = Duration.ofMillis(Math.clamp(timeout.toMillis(), 1, Method.MAX_DEADLINE.toMillis()));
        }
    }

    /** A part of the answer. */
    record Item(Bytes body) implements Frame {}

    /** The answer is complete. */
    record End() implements Frame {}

    /**
     * There is no answer, or no more of it.
     *
     * @param code why
     * @param detail the same for people, at most {@link #MAX_DETAIL} bytes in UTF-8
     * @param retryAfter when the same call may succeed, if that is known
     */
    record Failure(ErrorCode code, String detail, Optional<Duration> retryAfter) implements Frame {

        /** Longest detail in bytes of UTF-8. */
        public static final int MAX_DETAIL = 256;

        public Failure {
            if (detail.getBytes(StandardCharsets.UTF_8).length > MAX_DETAIL) {
                throw new IllegalArgumentException("detail is longer than " + MAX_DETAIL + " bytes");
            }
            if (retryAfter.isPresent() && retryAfter.get().compareTo(Method.MAX_DEADLINE) > 0) {
                retryAfter = Optional.of(Method.MAX_DEADLINE);
            }
        }

        /** As much of the beginning of {@code text} as a detail may hold. */
        public static String shortened(String text) {
            ByteBuffer room = ByteBuffer.allocate(MAX_DETAIL);
            StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .encode(CharBuffer.wrap(text), room, true);
            return StandardCharsets.UTF_8.decode(room.flip()).toString();
        }
    }
}
