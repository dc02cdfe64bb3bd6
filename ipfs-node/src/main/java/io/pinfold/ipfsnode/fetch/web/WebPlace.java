package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The base address of a configured server, such as {@code https://example.org/base}, without a last slash. */
public record WebPlace(URI base) {

    private static final int MAX_TEXT = 1_024;

    /** The address that {@code text} spells: HTTP or HTTPS, a host, perhaps a path, and nothing else. */
    public static Decoded<WebPlace> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Decoded.refused(Kind.TOO_LONG, "a web address of " + text.length() + " characters");
        }
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean sound = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null
                    && uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            return sound
                    ? Decoded.ok(new WebPlace(uri))
                    : Decoded.refused(Kind.MALFORMED, "a server is told as http(s)://HOST[:PORT][/PATH]");
        } catch (URISyntaxException e) {
            return Decoded.refused(Kind.MALFORMED, "no web address: " + e.getReason());
        }
    }

    /** The address of {@code path}, which begins with a slash, below the base. */
    URI at(String path) {
        return URI.create(base + path);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
