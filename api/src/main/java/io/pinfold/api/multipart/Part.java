package io.pinfold.api.multipart;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * A part of an upload.
 *
 * @param headers by name in lower case
 * @param content to be read before the next part is asked for
 * @param number from 1 on, for people
 */
public record Part(Map<String, String> headers, InputStream content, int number) {

    public Part {
        headers = Map.copyOf(headers);
    }

    /** A header's value; {@code name} in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
