package io.pinfold.cli.ctl.rest;

import io.pinfold.cli.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests to the first endpoint that can be connected to.
 *
 * <p>Over the JDK's {@link HttpURLConnection}: it is there at once, while the JDK's newer client takes 0.2 s to start and hides
 * trailers, in which the API tells errors of streams. A request that does something is never sent twice.
 */
public final class RestClient {

    private static final String STREAM_ERROR = "X-Stream-Error";
    private static final int MAX_CONNECT_MILLIS = 10_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // an answer is a row of values
            .build();

    static {
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final RestConfig config;

    /** A client that is not used by several threads at once. */
    public RestClient(RestConfig config) {
        this.config = config;
    }

    /** Sends {@code request} and hands over each JSON value of the answer as it comes. */
    public RestOutcome send(RestRequest request, Consumer<? super JsonNode> each) {
        RestOutcome last = new RestOutcome.NoAnswer("error: no --host was given");
        for (Endpoint endpoint : config.endpoints()) {
            String base = endpoint.shown(config.scheme());
            try {
                HttpURLConnection connection = open(endpoint, request);
                try {
                    config.debug().accept(request.method() + " " + base + request.target());
                    connection.connect();
                } catch (IOException e) {
                    last = new RestOutcome.NoAnswer(notConnected(base, e));
                    continue;
                }
                return exchange(connection, base, request, each);
            } catch (IOException e) {
                return new RestOutcome.NoAnswer(notConnected(base, e));
            }
        }
        return last;
    }

    /** Sends {@code request} with {@code content} as its body and hands over each JSON value of the answer as it comes. */
    public RestOutcome send(RestRequest request, RequestBody content, Consumer<? super JsonNode> each) {
        RestOutcome last = new RestOutcome.NoAnswer("error: no --host was given");
        for (Endpoint endpoint : config.endpoints()) {
            String base = endpoint.shown(config.scheme());
            config.debug().accept(request.method() + " " + base + request.target());
            try (Duplex duplex = Duplex.connect(endpoint, config, connectMillis())) {
                return new Sending(config, duplex, base).run(endpoint, request, content, each);
            } catch (IOException e) {
                last = new RestOutcome.NoAnswer(notConnected(base, e));
            }
        }
        return last;
    }

    private int connectMillis() {
        return config.timeoutMillis() == 0
                ? MAX_CONNECT_MILLIS
                : Math.min(config.timeoutMillis(), MAX_CONNECT_MILLIS);
    }

    private HttpURLConnection open(Endpoint endpoint, RestRequest request) throws IOException {
        URL url = URI.create(endpoint.url(config.scheme()) + request.target()).toURL();
        HttpURLConnection connection = endpoint.socket().isPresent()
                ? new UnixConnection(endpoint.socket().get(), url)
                : (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(request.method());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(connectMillis());
        connection.setReadTimeout(config.timeoutMillis());
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("Connection", "close");
        connection.setDoOutput(request.method().equals("POST"));
        config.authorization().ifPresent(value -> connection.setRequestProperty("Authorization", value));
        if (connection instanceof HttpsURLConnection secure && !config.checkCertificate()) {
            Unchecked.allow(secure);
        }
        return connection;
    }

    private RestOutcome exchange(HttpURLConnection connection, String base, RestRequest request,
            Consumer<? super JsonNode> each) {
        try {
            if (connection.getRequestMethod().equals("POST")) {
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(request.body().toArray());
                }
            }
            int code = connection.getResponseCode();
            config.debug().accept("answer: " + code);
            if (code < 200 || code > 299) {
                return refused(code, connection);
            }
            long values = code == HttpURLConnection.HTTP_NO_CONTENT ? 0 : read(connection.getInputStream(), each);
            String late = connection.getHeaderField(STREAM_ERROR);
            return ended(values, late);
        } catch (SocketTimeoutException e) {
            return new RestOutcome.NoAnswer("error: no answer from " + base + " within "
                    + config.timeoutMillis() / 1000.0 + " s; raise --timeout to wait longer");
        } catch (IOException e) {
            return new RestOutcome.NoAnswer(notConnected(base, e));
        } catch (JacksonException e) {
            return notJson(base);
        }
    }

    /** The outcome of an answer that came wholly; {@code late} is what its trailer tells. */
    static RestOutcome ended(long values, @Nullable String late) {
        return late == null || late.isBlank()
                ? new RestOutcome.Done(values)
                : new RestOutcome.Refused(HttpURLConnection.HTTP_INTERNAL_ERROR, late);
    }

    static RestOutcome notJson(String base) {
        return new RestOutcome.NoAnswer("error: what " + base
                + " answered is not JSON, or was cut off; is that the REST API of a peer?");
    }

    /** Hands over each value of {@code body} and tells their number. */
    static long read(InputStream body, Consumer<? super JsonNode> each) throws IOException {
        long values = 0;
        try (body; JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                each.accept(JSON.readTree(parser));
                values++;
            }
        }
        return values;
    }

    private static RestOutcome refused(int code, HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getErrorStream()) {
            return new RestOutcome.Refused(code, ErrorBody.message(code, body));
        }
    }

    static String notConnected(String base, IOException failure) {
        return "error: " + switch (failure) {
            case UnknownHostException _ -> "the host of " + base + " is not known; check --host";
            case ConnectException _,NoRouteToHostException _ ->
                "nothing answers at " + base + "; is cluster-service daemon running there, and is --host right?";
            case SocketTimeoutException _ ->
                "nothing answers at " + base + " in time; is that host up, and is --host right?";
            case SSLException _ -> "no TLS with " + base + ": " + failure.getMessage()
                    + "; check --https and --no-check-certificate";
            default -> "the connection to " + base + " broke: " + failure.getMessage();
        };
    }
}
