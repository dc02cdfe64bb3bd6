package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import java.util.List;
import java.util.Map;

/**
 * Kubo's own word that a command failed: the HTTP status (200 if it came in the trailer) and a text.
 *
 * <p>Kubo's error codes do not tell errors apart, so this is the one place that looks at texts.
 */
record KuboError(int status, String message) {

    private static final int MAX_DETAIL = 300;

    private static final Map<Kind, List<String>> TEXTS = Map.of(
            Kind.FULL, List.of("no space left on device", "disk quota exceeded", "file too large", "not enough space"),
            Kind.NOT_FOUND, List.of("could not find", "not found locally", "could not resolve name", "no link named"),
            Kind.TIMEOUT, List.of("context deadline exceeded", "i/o timeout"));

    /** Whether it says that a root is not pinned. */
    boolean saysNotPinned() {
        return message.contains("is not pinned") || message.contains("not pinned or pinned indirectly");
    }

    /** Whether it says that a key is there already. */
    boolean saysKeyExists() {
        return message.contains("already exists");
    }

    /** The failure that callers see. */
    BackendFailure toFailure() {
        String text = message.length() <= MAX_DETAIL ? message : message.substring(0, MAX_DETAIL) + "…";
        return new BackendFailure(kind(), status == 200 ? "Kubo: " + text : "Kubo (HTTP " + status + "): " + text);
    }

    private Kind kind() {
        return switch (status) {
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 502, 503, 504 -> Kind.UNREACHABLE;
            default -> TEXTS.entrySet()
                    .stream()
                    .filter(entry -> entry.getValue().stream().anyMatch(message::contains))
                    .map(Map.Entry::getKey)
                    .min(Kind::compareTo)
                    .orElse(Kind.REFUSED);
        };
    }
}
