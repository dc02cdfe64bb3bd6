package io.pinfold.cli.http;

import java.io.IOException;
import java.io.OutputStream;

/** What a request carries, made while it is sent. */
public interface RequestBody {

    /** The value of {@code Content-Type}. */
    String contentType();

    /**
     * Writes all of it, on a thread of its own.
     *
     * @throws IOException of {@code out} as it is; of anything else as {@link UnreadableException}
     */
    void writeTo(OutputStream out) throws IOException;

    /** What was to be sent cannot be read; the message is for people. */
    final class UnreadableException extends IOException {

        private static final long serialVersionUID = 1;

        /** Tells what, and why. */
        public UnreadableException(String message) {
            super(message);
        }
    }
}
