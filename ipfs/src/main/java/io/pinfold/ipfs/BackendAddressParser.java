package io.pinfold.ipfs;

import io.pinfold.ipfs.BackendAddress.Credentials;
import io.pinfold.ipfs.BackendAddress.Kubo;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes connection strings apart; no refusal repeats what may be a secret. */
final class BackendAddressParser {

    private static final int MAX_TEXT = 2048;
    private static final int HTTPS_PORT = 443;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252}[A-Za-z0-9])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}(%[A-Za-z0-9._-]{1,15})?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

    private BackendAddressParser() {}

    static Decoded<BackendAddress> parse(String text) {
        return Decoded.attempt(() -> read(text));
    }

    private static BackendAddress read(String text) throws RefusalException {
        if (text.length() > MAX_TEXT) {
            throw new RefusalException(Refusal.Kind.TOO_LONG,
                    "a backend of " + text.length() + " characters, at most " + MAX_TEXT + " allowed");
        }
        int end = text.indexOf("://");
        if (end < 0) {
            throw malformed("a backend is written like " + BackendAddress.DEFAULT + ", and this has no '://'");
        }
        String scheme = text.substring(0, end).toLowerCase(Locale.ROOT);
        String rest = text.substring(end + 3);
        return switch (scheme) {
            case "ipfs" -> text.equals(BackendAddress.EMBEDDED)
                    ? new BackendAddress.Embedded()
                    : kubo(rest, false, Kubo.DEFAULT_PORT);
            case "ipfs+http" -> kubo(rest, false, Kubo.DEFAULT_PORT);
            case "ipfs+https" -> kubo(rest, true, HTTPS_PORT);
            case "pinning+http", "pinning+https" -> throw unsupported(
                    "pinning services (" + scheme + "://) are not part of this version; name a Kubo node, for example "
                            + BackendAddress.DEFAULT);
            case "powergate", "powergate+http", "powergate+https" -> throw unsupported(
                    "Powergate (" + scheme + "://) is not part of this version; name a Kubo node, for example "
                            + BackendAddress.DEFAULT);
            default -> throw unsupported("unknown kind of backend '" + shortened(scheme)
                    + "'; known are ipfs, ipfs+http and ipfs+https");
        };
    }

    private static Kubo kubo(String rest, boolean https, int defaultPort) throws RefusalException {
        String authority = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        for (char separator : new char[]{'/', '?', '#'}) {
            if (authority.indexOf(separator) >= 0) {
                throw malformed("nothing may follow HOST:PORT, and here something begins with '" + separator + "'");
            }
        }
        int at = authority.lastIndexOf('@');
        Optional<Credentials> credentials = at < 0
                ? Optional.empty()
                : Optional.of(credentials(authority.substring(0, at)));
        String hostAndPort = authority.substring(at + 1);
        int portAt = hostAndPort.startsWith("[") ? hostAndPort.indexOf(']') + 1 : hostAndPort.indexOf(':');
        if (portAt <= 0 && !hostAndPort.isEmpty() && (hostAndPort.charAt(0) == '[' || hostAndPort.charAt(0) == ':')) {
            throw malformed("no host before the port");
        }
        String host = portAt < 0 ? hostAndPort : hostAndPort.substring(0, portAt);
        String port = portAt < 0 ? "" : hostAndPort.substring(portAt);
        return new Kubo(https, host(host), port.isEmpty() ? defaultPort : port(port), credentials);
    }

    private static String host(String text) throws RefusalException {
        if (text.isEmpty()) {
            throw malformed("no host");
        }
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String host = bracketed ? text.substring(1, text.length() - 1) : text;
        if (!(bracketed ? IPV6 : NAME).matcher(host).matches()) {
            throw malformed("host '" + shortened(text) + "' is neither a name nor an address"
                    + (bracketed ? "" : " (IPv6 addresses go into brackets)"));
        }
        return host;
    }

    private static int port(String text) throws RefusalException {
        String digits = text.startsWith(":") ? text.substring(1) : "";
        int port = DIGITS.matcher(digits).matches() ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw malformed("port '" + shortened(text.replaceFirst("^:", "")) + "' is not a number from 1 to 65535");
        }
        return port;
    }

    private static Credentials credentials(String text) throws RefusalException {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw malformed("what stands before '@' is not USER:PASSWORD");
        }
        return new Credentials(unescape(text.substring(0, colon)), unescape(text.substring(colon + 1)));
    }

    private static String unescape(String text) throws RefusalException {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("what stands before '@' has a '%' that two hexadecimal digits do not follow");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static RefusalException malformed(String detail) {
        return new RefusalException(Refusal.Kind.MALFORMED, detail);
    }

    private static RefusalException unsupported(String detail) {
        return new RefusalException(Refusal.Kind.UNSUPPORTED, detail);
    }
}
