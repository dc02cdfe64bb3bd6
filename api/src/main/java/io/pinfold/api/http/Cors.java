package io.pinfold.api.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which web pages may use the interface (the Fetch standard's CORS). A page of another origin that is not allowed can
 * neither read an answer nor change anything: a request that would is refused even where a browser would send it
 * without asking.
 *
 * @param origins such as {@code https://pins.example}; {@code *} for all of them, which then come without credentials
 * @param methods that they may use
 * @param maxAgeSeconds for which a browser may remember this
 */
public record Cors(List<String> origins, List<String> methods, long maxAgeSeconds) {

    /** No page of another origin. */
    public static final Cors NONE = new Cors(List.of(), List.of("GET"), 0);

    private static final String EXPOSED = "Content-Type, X-Stream-Output, X-Chunked-Output, X-Content-Length, "
            + "X-Stream-Error, X-Pinfold-Operation";
    private static final String ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key";

    public Cors {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
    }

    /** Nothing if the request may pass, or what to answer: to a preflight, or to a change from a page not allowed. */
    Optional<Reply> answer(Request request) {
        if (request.method().equals("OPTIONS")) {
            return Optional.of(preflight(request));
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        Optional<String> origin = request.header("Origin");
        return reads || origin.isEmpty() || allows(origin.get()) || sameOrigin(origin.get(), request)
                ? Optional.empty()
                : Optional.of(Reply.problem(403, "requests from pages of " + origin.get() + " are not allowed"));
    }

    /** The headers that let an allowed page read the answer. */
    Map<String, String> headers(Request request) {
        Map<String, String> headers = new TreeMap<>();
        request.header("Origin").filter(this::allows).ifPresent(origin -> {
            boolean all = origins.contains("*");
            headers.put("Access-Control-Allow-Origin", all ? "*" : origin);
            headers.put("Access-Control-Expose-Headers", EXPOSED);
            headers.put("Vary", "Origin");
            if (!all) {
                headers.put("Access-Control-Allow-Credentials", "true");
            }
        });
        return headers;
    }

    private Reply preflight(Request request) {
        Map<String, String> headers = headers(request);
        if (!headers.isEmpty()) {
            headers.put("Access-Control-Allow-Methods", String.join(", ", methods));
            headers.put("Access-Control-Allow-Headers", ALLOWED_HEADERS);
            headers.put("Access-Control-Max-Age", Long.toString(maxAgeSeconds));
        }
        return new Reply.Bare(204, headers);
    }

    private boolean allows(String origin) {
        return origins.contains("*") || origins.contains(origin);
    }

    private static boolean sameOrigin(String origin, Request request) {
        return request.header("Host")
                .filter(host -> origin.equals("http://" + host) || origin.equals("https://" + host))
                .isPresent();
    }
}
