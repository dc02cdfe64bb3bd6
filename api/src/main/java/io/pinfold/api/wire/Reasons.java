package io.pinfold.api.wire;

import java.util.Map;

/** What the statuses are called (RFC 9110 section 15). */
final class Reasons {

    private static final Map<Integer, String> TEXTS = Map.ofEntries(Map.entry(200, "OK"), Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"), Map.entry(304, "Not Modified"), Map.entry(307, "Temporary Redirect"),
            Map.entry(400, "Bad Request"), Map.entry(401, "Unauthorized"), Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"), Map.entry(405, "Method Not Allowed"), Map.entry(406, "Not Acceptable"),
            Map.entry(412, "Precondition Failed"), Map.entry(429, "Too Many Requests"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"), Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"), Map.entry(501, "Not Implemented"), Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"), Map.entry(505, "HTTP Version Not Supported"));

    private Reasons() {}

    static String of(int status) {
        return TEXTS.getOrDefault(status, "Status " + status);
    }
}
