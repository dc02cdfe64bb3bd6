package io.pinfold.api.kubo;

import io.pinfold.api.http.Request;

/**
 * Tells requests that come from web pages: browsers send an {@code Origin} or a {@code Referer}, or at least are called Mozilla.
 *
 * <p>No page is served here, so none has a business with it, whatever its origin: stricter than Kubo, which lets pages of this
 * machine pass, and Electron.
 */
final class BrowserGuard {

    private BrowserGuard() {}

    /** Whether {@code request} may pass. */
    static boolean admits(Request request) {
        return isAbsent(request, "Origin") && isAbsent(request, "Referer")
                && request.header("User-Agent").filter(agent -> agent.startsWith("Mozilla")).isEmpty();
    }

    private static boolean isAbsent(Request request, String header) {
        return request.header(header).filter(value -> !value.isEmpty()).isEmpty();
    }
}
