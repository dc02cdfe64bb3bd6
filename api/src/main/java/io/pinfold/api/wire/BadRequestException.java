package io.pinfold.api.wire;

import java.io.IOException;

/** What the client sent is not HTTP, or is over a bound; the connection cannot go on. */
public final class BadRequestException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    BadRequestException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** The status to answer: 400, 413, 414, 431, 501 or 505. */
    int status() {
        return status;
    }

    /** What is wrong. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
