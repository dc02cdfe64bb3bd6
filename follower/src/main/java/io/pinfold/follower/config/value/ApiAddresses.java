package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Refusal.Kind;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Where an HTTP interface listens: a multiaddr of TCP without a peer, or {@code /unix/} and the path of a socket. */
public record ApiAddresses() implements ValueType<String> {

    private static final String UNIX = "/unix/";
    private static final Addresses TCP = new Addresses(Addresses.Peer.NONE);

    @Override
    public Decoded<String> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(text -> {
            if (text.startsWith(UNIX)) {
                return text.length() > UNIX.length()
                        ? Decoded.ok(text)
                        : Decoded.refused(Kind.TRUNCATED, "no path behind " + UNIX);
            }
            return TCP.parse(raw).map(Multiaddr::toString);
        });
    }

    /** Whether only this machine reaches {@code address}; a host name could mean anything, so it does not count. */
    public static boolean isLocal(String address) {
        if (address.startsWith(UNIX)) {
            return true;
        }
        Optional<InetSocketAddress> endpoint = Multiaddr.parse(address).toOptional().flatMap(Multiaddr::tcpEndpoint);
        return endpoint.isPresent() && !endpoint.get().isUnresolved()
                && endpoint.get().getAddress().isLoopbackAddress();
    }

    @Override
    public String expected() {
        return "a multiaddr such as /ip4/127.0.0.1/tcp/9094, or /unix/PATH";
    }

    @Override
    public String show(String value) {
        return value;
    }
}
