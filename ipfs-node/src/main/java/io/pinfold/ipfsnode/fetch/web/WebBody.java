package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer.
 *
 * @param contentType in lower case and without parameters, empty if it was not told
 * @param gotOn to be called whenever something of use was read
 */
record WebBody(InputStream stream, String contentType, Runnable gotOn) {

    /** Makes something of a body; runs on a thread of its own, which is interrupted when time is over. */
    @FunctionalInterface
    interface Reader<T> {

        /** Reads {@code body} as far as it is of use, or throws if it is not what was asked for. */
        T read(WebBody body) throws IOException;
    }

    /** All of it, at most {@code most} bytes. */
    Bytes all(int most) throws IOException {
        byte[] all = stream.readNBytes(most);
        if (stream.read() >= 0) {
            throw new BadAnswerException("more than " + most + " bytes");
        }
        return Bytes.copyOf(all);
    }

    /** The answer is not what was asked for. */
    static final class BadAnswerException extends IOException {

        private static final long serialVersionUID = 1L;

        BadAnswerException(String message) {
            super(message);
        }
    }
}
