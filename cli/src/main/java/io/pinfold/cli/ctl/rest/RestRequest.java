package io.pinfold.cli.ctl.rest;

import io.pinfold.multiformats.Bytes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request.
 *
 * @param path begins with a slash; its parts are encoded already
 * @param query parameters in their order, not encoded
 * @param body empty for none
 */
public record RestRequest(String method, String path, Map<String, String> query, Bytes body) {

    public RestRequest {
        query = new LinkedHashMap<>(query);
    }

    /** Reads something. */
    public static RestRequest get(String path, String... parts) {
        return new RestRequest("GET", join(path, parts), Map.of(), Bytes.EMPTY);
    }

    /** Does something. */
    public static RestRequest post(String path, String... parts) {
        return new RestRequest("POST", join(path, parts), Map.of(), Bytes.EMPTY);
    }

    /** Takes something away. */
    public static RestRequest delete(String path, String... parts) {
        return new RestRequest("DELETE", join(path, parts), Map.of(), Bytes.EMPTY);
    }

    /** The request with one more parameter; none if {@code value} is empty. */
    public RestRequest with(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new RestRequest(method, path, more, body);
    }

    /** The request with a body. */
    public RestRequest withBody(Bytes content) {
        return new RestRequest(method, path, query, content);
    }

    /** Path and query as they stand in a URL. */
    public String target() {
        return query.isEmpty()
                ? path
                : path + "?" + query.entrySet()
                        .stream()
                        .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String join(String path, String... parts) {
        StringBuilder joined = new StringBuilder(path);
        for (String part : parts) {
            joined.append('/').append(encode(part));
        }
        return joined.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
