package io.pinfold.cli.ctl.rest;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where an API is: {@code http://host:port}, {@code https://host:port}, or a multiaddr such as
 * {@code /ip4/127.0.0.1/tcp/9094}, whose scheme is open; or a socket of the file system, {@code unix:PATH} or {@code /unix/PATH}.
 *
 * @param authority host and port, an IPv6 address in brackets; of a socket, {@code localhost}
 * @param scheme {@code http} or {@code https}, if it was said
 * @param socket the socket's path, if it is one
 */
public record Endpoint(String authority, Optional<String> scheme, Optional<Path> socket) {

    /** The endpoint of a peer that nobody configured otherwise. */
    public static final String DEFAULT = "/ip4/127.0.0.1/tcp/9094";

    private static final int DEFAULT_PORT = 9094;
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String UNIX = "unix:";
    private static final String UNIX_MULTIADDR = "/unix/";
    private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]");

    /** The endpoint that {@code text} spells. */
    public static Decoded<Endpoint> parse(String text) {
        if (text.startsWith(UNIX)) {
            return socket(text.substring(UNIX.length()).replaceFirst("^//(?=/)", ""));
        }
        if (text.startsWith(UNIX_MULTIADDR)) {
            return socket(text.substring(UNIX_MULTIADDR.length() - 1));
        }
        return text.startsWith("/") ? multiaddr(text) : fromUrl(text);
    }

    private static Decoded<Endpoint> socket(String path) {
        if (path.isEmpty() || path.equals("/") || path.indexOf('\0') >= 0) {
            return Decoded.refused(Kind.MALFORMED, "no path of a socket, as in unix:/run/pinfold/api");
        }
        return Decoded.ok(new Endpoint("localhost", Optional.of("http"), Optional.of(Path.of(path))));
    }

    private static Decoded<Endpoint> multiaddr(String text) {
        return switch (Multiaddr.parse(text)) {
            case Decoded.Refused<Multiaddr>(Refusal refusal) -> Decoded.refused(refusal.kind(), refusal.detail());
            case Decoded.Ok<Multiaddr>(Multiaddr address) -> address.tcpEndpoint()
                    .map(endpoint -> Decoded.ok(new Endpoint(authority(endpoint), Optional.empty(), Optional.empty())))
                    .orElseGet(() -> Decoded.refused(Kind.UNSUPPORTED,
                            "an address of an API has a host and a TCP port, as in " + DEFAULT));
        };
    }

    private static Decoded<Endpoint> fromUrl(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !SCHEMES.contains(scheme) || uri.getRawUserInfo() != null
                    || !Set.of("", "/").contains(uri.getRawPath()) || uri.getRawQuery() != null) {
                return Decoded.refused(Kind.MALFORMED, "neither a URL as in http://127.0.0.1:9094 nor an address as in "
                        + DEFAULT);
            }
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            return Decoded.ok(new Endpoint(uri.getHost() + ":" + port,
                    text.contains("://") ? Optional.of(scheme) : Optional.empty(), Optional.empty()));
        } catch (URISyntaxException e) {
            return Decoded.refused(Kind.MALFORMED, "not a URL: " + e.getReason());
        }
    }

    private static String authority(InetSocketAddress endpoint) {
        String host = endpoint.getHostString();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + endpoint.getPort();
    }

    /** Whether only this machine is meant. */
    public boolean isLoopback() {
        if (socket.isPresent()) {
            return true;
        }
        String host = authority.substring(0, authority.lastIndexOf(':'));
        return LOOPBACK.contains(host) || host.startsWith("127.");
    }

    /** The URL without a path, with {@code fallback} as the scheme if none was said. */
    public String url(String fallback) {
        return scheme.orElse(fallback) + "://" + authority;
    }

    /** The endpoint as people know it. */
    public String shown(String fallback) {
        return socket.map(path -> UNIX + path).orElseGet(() -> url(fallback));
    }
}
