package io.pinfold.api.http;

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

    /** The whole body, or nothing if it is longer than {@code max} bytes. */
    Optional<byte[]> body(int max);
}
