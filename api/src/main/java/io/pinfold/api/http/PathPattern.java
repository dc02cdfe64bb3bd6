package io.pinfold.api.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The paths of a route. Segments are literal, or {@code {name}} for any one segment, {@code {name:a|b}} for one of the
 * listed, or, as the last, {@code {name...}} for one or more segments.
 */
record PathPattern(List<String> segments) {

    PathPattern {
        segments = List.copyOf(segments);
    }

    static PathPattern of(String pattern) {
        return new PathPattern(List.of(pattern.substring(1).split("/", -1)));
    }

    /** The variables of a path with the given decoded segments, if it is one of these. */
    Optional<Map<String, String>> match(List<String> path) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (i >= path.size()) {
                return Optional.empty();
            }
            if (segment.endsWith("...}")) {
                variables.put(segment.substring(1, segment.length() - 4),
                        String.join("/", path.subList(i, path.size())));
                return Optional.of(variables);
            }
            if (!matches(segment, path.get(i), variables)) {
                return Optional.empty();
            }
        }
        return path.size() == segments.size() ? Optional.of(variables) : Optional.empty();
    }

    private static boolean matches(String segment, String text, Map<String, String> variables) {
        if (!segment.startsWith("{")) {
            return segment.equals(text);
        }
        String inner = segment.substring(1, segment.length() - 1);
        int colon = inner.indexOf(':');
        variables.put(colon < 0 ? inner : inner.substring(0, colon), text);
        return !text.isEmpty() && (colon < 0 || List.of(inner.substring(colon + 1).split("\\|")).contains(text));
    }
}
