package io.pinfold.api.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses requests whose {@code Host} is a name other than {@code localhost}, for interfaces without credentials that
 * only this machine can reach: a web page could otherwise let its own name point here and be of the same origin.
 */
final class HostCheck {

    private static final Pattern OURS = Pattern.compile("(?i:localhost|\\[.*|[0-9]{1,3}(\\.[0-9]{1,3}){3})(:[0-9]*)?");

    private HostCheck() {}

    /** Nothing if the request may pass, or what to answer. */
    static Optional<Reply> refuse(Request request) {
        return request.header("Host")
                .filter(host -> !isOurs(host))
                .map(host -> Reply.problem(403, "host " + host
                        + " is not this machine's address; use an IP address or localhost, or set credentials"));
    }

    private static boolean isOurs(String host) {
        return OURS.matcher(host).matches();
    }
}
