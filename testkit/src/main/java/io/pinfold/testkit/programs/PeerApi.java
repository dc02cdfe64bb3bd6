package io.pinfold.testkit.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A peer's REST API as a client sees it. A peer that is not there is an {@link UncheckedIOException}.
 *
 * <p>Over the JDK's older client: on a kept connection it costs the processor so little that it measures the peer, not itself.
 */
public final class PeerApi {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int TIMEOUT_MILLIS = 30_000;

    private final int port;

    /** The API that listens at {@code port} of loopback. */
    public PeerApi(int port) {
        this.port = port;
    }

    /** An answer as it came. */
    public record Reply(int status, String body) {

        /** Whether it is a success. */
        public boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /** Sends a request without a body, on a connection that is kept. */
    public Reply send(String method, String path) {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new Reply(status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + ": " + e, e);
        }
    }

    /** The JSON values that {@code GET path} answers, one for each line. */
    public List<JsonNode> lines(String path) {
        return success("GET", path).body().lines().map(JSON::readTree).toList();
    }

    /** The JSON value that {@code GET path} answers. */
    public JsonNode json(String path) {
        return JSON.readTree(success("GET", path).body());
    }

    /** Pins {@code cid} under the name of its own; returns once the peer has acknowledged it. */
    public void pin(String cid) {
        success("POST", "/pins/" + cid);
    }

    /** Unpins {@code cid}. */
    public void unpin(String cid) {
        success("DELETE", "/pins/" + cid);
    }

    /** The CIDs of the pinset. */
    public SortedSet<String> pinset() {
        SortedSet<String> cids = new TreeSet<>();
        lines("/allocations").forEach(pin -> cids.add(pin.path("cid").asString()));
        return cids;
    }

    /** Height of the newest block in the state. */
    public long height() {
        return json("/sync").path("height").asLong();
    }

    /** What this peer counts under {@code name}; 0 before the first. */
    public long metric(String name) {
        JsonNode metrics = json("/monitor/metrics/" + name);
        return metrics.isEmpty() ? 0 : Long.parseLong(metrics.get(0).path("value").asString());
    }

    /** The alerts as {@code kind: text}, newest first. */
    public List<String> alerts() {
        return json("/health/alerts").valueStream()
                .map(alert -> alert.path("name").asString() + ": " + alert.path("value").asString())
                .toList();
    }

    private Reply success(String method, String path) {
        Reply reply = send(method, path);
        if (!reply.isSuccess()) {
            throw new IllegalStateException(method + " " + path + " was answered " + reply);
        }
        return reply;
    }
}
