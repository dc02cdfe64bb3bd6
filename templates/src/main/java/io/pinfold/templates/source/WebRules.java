package io.pinfold.templates.source;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Which web addresses a template may be fetched from, also by a redirect. */
final class WebRules {

    static final String RULE = "a template comes over https:// from a host without a user in the URL, or over http:// from"
            + " this machine";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private WebRules() {}

    static boolean allows(URI uri) {
        String scheme = uri.getScheme();
        String host = uri.getHost();
        if (scheme == null || host == null || uri.getRawUserInfo() != null) {
            return false;
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
            default -> false;
        };
    }

    /** Whether {@code from} may lead to {@code to}: never from https to http. */
    static boolean allowsRedirect(URI from, URI to) {
        return allows(to) && ("https".equalsIgnoreCase(to.getScheme()) || "http".equalsIgnoreCase(from.getScheme()));
    }
}
