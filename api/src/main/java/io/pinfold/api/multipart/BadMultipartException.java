package io.pinfold.api.multipart;

import java.io.IOException;

/** What was sent is not {@code multipart/form-data}, or is over a bound; nothing more can be read of it. */
public final class BadMultipartException extends IOException {

    private static final long serialVersionUID = 1;

    BadMultipartException(String sentence) {
        super(sentence);
    }

    /** What is wrong, for the client. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
