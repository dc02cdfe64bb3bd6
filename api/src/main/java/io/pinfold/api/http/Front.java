package io.pinfold.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request passes before and after its handler, in this order: host, credentials, cross-origin rules, trailing
 * slash, route. {@code OPTIONS} and {@code GET /health} need no credentials.
 */
final class Front {

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private final Router router;
    private final HttpConfig config;
    private final BasicAuth auth;

    Front(Router router, HttpConfig config) {
        this.router = router;
        this.config = config;
        this.auth = new BasicAuth(config.credentials());
    }

    /** The reply to a request; throws only when its body cannot be read. */
    Reply reply(Request request) throws IOException {
        try {
            return Stream.<Function<Request, Optional<Reply>>>of(this::host, this::credentials,
                    config.cors()::answer, this::trailingSlash)
                    .flatMap(step -> step.apply(request).stream())
                    .findFirst()
                    .orElseGet(() -> router.route(request));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), request.rawPath(), e);
            return Reply.problem(500, "internal error; the log of the daemon says more");
        }
    }

    /** Headers that every answer to this request gets. */
    Map<String, String> headers(Request request) {
        Map<String, String> headers = new TreeMap<>(config.headers());
        headers.putAll(config.cors().headers(request));
        return headers;
    }

    private Optional<Reply> host(Request request) {
        return config.checksHost() ? HostCheck.refuse(request) : Optional.empty();
    }

    private Optional<Reply> credentials(Request request) {
        boolean free = request.method().equals("OPTIONS")
                || (request.method().equals("GET") && request.rawPath().equals("/health"));
        return free ? Optional.empty() : auth.refuse(request);
    }

    private Optional<Reply> trailingSlash(Request request) {
        String path = request.rawPath();
        if (config.manner().exact() || path.length() < 2 || !path.endsWith("/") || path.startsWith("//")
                || path.startsWith("/\\")) {
            return Optional.empty();
        }
        String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
        return Optional.of(new Reply.Bare(307, Map.of("Location", path.substring(0, path.length() - 1) + query)));
    }
}
