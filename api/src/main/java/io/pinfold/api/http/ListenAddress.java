package io.pinfold.api.http;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** Where an interface listens: a TCP endpoint, or a socket in the file system. */
public sealed interface ListenAddress {

    /** The prefix of the address of a socket in the file system. */
    String UNIX = "/unix/";

    /** A host and port; port 0 lets the system choose. */
    record Tcp(InetSocketAddress endpoint) implements ListenAddress {
        @Override
        public String toString() {
            return Multiaddr.tcp(endpoint).toString();
        }
    }

    /** A socket in the file system, open to whoever may write to it. */
    record Unix(Path path) implements ListenAddress {
        @Override
        public String toString() {
            return UNIX + path.toString().substring(1);
        }
    }

    /** Reads {@code /ip4/127.0.0.1/tcp/9094}, {@code /dns4/localhost/tcp/9094}, {@code /unix/run/pinfold/api}. */
    static Decoded<ListenAddress> parse(String text) {
        if (text.startsWith(UNIX)) {
            return text.length() == UNIX.length()
                    ? Decoded.refused(Refusal.Kind.MALFORMED, "no path in " + text)
                    : Decoded.ok(new Unix(Path.of(text.substring(UNIX.length() - 1))));
        }
        return Multiaddr.parse(text).flatMap(address -> of(address));
    }

    private static Decoded<ListenAddress> of(Multiaddr address) {
        Optional<InetSocketAddress> endpoint = address.tcpEndpoint();
        return address.components().size() == 2 && endpoint.isPresent()
                ? Decoded.ok(new Tcp(endpoint.get()))
                : Decoded.refused(Refusal.Kind.UNSUPPORTED, "not a host and a TCP port: " + address);
    }

    /** Whether only this machine can reach it. */
    default boolean isLocal() {
        return switch (this) {
            case Unix _ -> true;
            case Tcp(InetSocketAddress endpoint) -> {
                InetAddress address = resolved(endpoint).getAddress();
                yield address != null && address.isLoopbackAddress();
            }
        };
    }

    /** For binding; a host name is looked up now. */
    default SocketAddress socketAddress() {
        return switch (this) {
            case Unix(Path path) -> UnixDomainSocketAddress.of(path);
            case Tcp(InetSocketAddress endpoint) -> resolved(endpoint);
        };
    }

    private static InetSocketAddress resolved(InetSocketAddress endpoint) {
        return endpoint.isUnresolved() ? new InetSocketAddress(endpoint.getHostString(), endpoint.getPort()) : endpoint;
    }
}
