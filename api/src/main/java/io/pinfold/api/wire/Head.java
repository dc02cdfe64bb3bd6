package io.pinfold.api.wire;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of a request.
 *
 * @param path percent-encoded, from its first slash; {@code *} for the server itself
 * @param query what followed the question mark; empty if nothing did
 * @param http10 whether the client speaks HTTP/1.0: no chunks, and the connection ends with the answer unless it asks
 *        otherwise
 * @param headers values by name in lower case, in the order they came
 */
public record Head(String method, String path, String query, boolean http10, Map<String, List<String>> headers) {

    public Head {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** The first value of a header, whatever the name's case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /** Whether the client wants the connection closed after the answer. */
    boolean closes() {
        String connection = header("connection").orElse("").toLowerCase(Locale.ROOT);
        return http10 ? !connection.contains("keep-alive") : connection.contains("close");
    }

    /** Whether the client waits for our word before it sends the body. */
    boolean awaitsContinue() {
        return !http10 && header("expect").orElse("").equalsIgnoreCase("100-continue");
    }
}
