package io.pinfold.rpc;

import java.util.Optional;

/** Why the called side did not answer a call, as sent in an error frame. */
public enum ErrorCode {
    /** The method is not in the called side's table. */
    UNKNOWN_METHOD(1),
    /** The caller may not call this method. */
    FORBIDDEN(2),
    /** The request is not what the protocol or the method asks for. */
    BAD_REQUEST(3),
    /** The request is larger than the method allows. */
    TOO_LARGE(4),
    /** A limit of calls or bytes is reached; the same call may succeed later. */
    LIMIT(5),
    /** The request did not arrive, or the answer was not done, in time. */
    DEADLINE(6),
    /** The called side failed; its own log says more. */
    INTERNAL(7),
    /** What the call asks about is not there. */
    NOT_FOUND(8),
    /** The called side cannot answer at present: it is starting, closing, or its IPFS node is away. */
    UNAVAILABLE(9);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The code with this number; none for numbers of versions to come. */
    public static Optional<ErrorCode> of(long number) {
        for (ErrorCode code : values()) {
            if (code.number == number) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
