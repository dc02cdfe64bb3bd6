package io.pinfold.api.http;

import java.io.InputStream;
import java.util.Optional;

/** An HTTP request as it came. */
public interface Request {

    /** The method, as in {@code GET}. */
    String method();

    /** The path as it stood in the request line, still percent-encoded, from its first slash. */
    String rawPath();

    /** What followed the question mark, still percent-encoded; empty if nothing did. */
    String rawQuery();

    /** The first value of a header; the name's case does not matter. */
    Optional<String> header(String name);

    /**
     * The body as it comes, to be read by the handler's thread and before anything else is asked of it.
     *
     * @throws java.io.UncheckedIOException if the client is gone
     */
    InputStream content();

    /** The whole body, or nothing if it is longer than {@code max} bytes. */
    Optional<byte[]> body(int max);
}
