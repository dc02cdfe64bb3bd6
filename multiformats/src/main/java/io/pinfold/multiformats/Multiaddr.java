package io.pinfold.multiformats;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A self-describing network address: protocols, outermost first, each with its value if it has one.
 *
 * <p>Protocols that {@link Protocol} does not know are refused by name or code, as are empty addresses.
 */
public record Multiaddr(List<Component> components) {

    /** The greatest number of components of one address. */
    public static final int MAX_COMPONENTS = 16;
    /** The greatest number of bytes of one address. */
    public static final int MAX_BYTES = 1024;
    /** The greatest number of characters of a printed address. */
    public static final int MAX_TEXT = 2048;

    /** One protocol of an address, with its value in binary form; empty if the protocol has none. */
    public record Component(Protocol protocol, Bytes value) {

        /**
         * Checks the value.
         *
         * @throws IllegalArgumentException if it is none of the protocol's
         */
        public Component {
            Decoded.attempt(() -> {
                protocol.value().require(value);
                return protocol;
            }).orElseThrow();
        }

        /** The component that is printed as {@code /protocol/text}. */
        public static Decoded<Component> parse(Protocol protocol, String text) {
            return Decoded.attempt(() -> new Component(protocol, protocol.value().parse(text)));
        }

        /** The value in text; empty if there is none. */
        public String text() {
            return protocol.value().format(value);
        }

        @Override
        public String toString() {
            return '/' + protocol.label() + (protocol.value().isPresent() ? '/' + text() : "");
        }
    }

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if it is empty, has more than {@value #MAX_COMPONENTS} components, or takes more
     *         than {@value #MAX_BYTES} bytes
     */
    public Multiaddr {
        components = List.copyOf(components);
        MultiaddrCodec.problem(components).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal.toString());
        });
    }

    /** The address that {@code text}, such as {@code /ip4/127.0.0.1/tcp/9096}, spells. */
    public static Decoded<Multiaddr> parse(String text) {
        return MultiaddrCodec.parse(text);
    }

    /** The address that {@code bytes} are, wholly. */
    public static Decoded<Multiaddr> decode(Bytes bytes) {
        return MultiaddrCodec.decode(bytes);
    }

    /** The address of TCP at {@code endpoint}: an IP address, or a host name if it is unresolved. */
    public static Multiaddr tcp(InetSocketAddress endpoint) {
        InetAddress ip = endpoint.getAddress();
        Component host = ip == null
                ? Component.parse(Protocol.DNS, endpoint.getHostString()).orElseThrow()
                : new Component(ip.getAddress().length == 4 ? Protocol.IP4 : Protocol.IP6,
                        Bytes.copyOf(ip.getAddress()));
        return new Multiaddr(
                List.of(host, Component.parse(Protocol.TCP, Integer.toString(endpoint.getPort())).orElseThrow()));
    }

    /** The binary form. */
    public Bytes toBytes() {
        return MultiaddrCodec.encode(components);
    }

    /** The printed form. */
    @Override
    public String toString() {
        return components.stream().map(Component::toString).collect(Collectors.joining());
    }

    /** The text of the first component of {@code protocol}; empty text if the protocol has no value. */
    public Optional<String> value(Protocol protocol) {
        return components.stream()
                .filter(component -> component.protocol() == protocol)
                .map(Component::text)
                .findFirst();
    }

    /** Whether {@code protocol} is among the components. */
    public boolean has(Protocol protocol) {
        return components.stream().anyMatch(component -> component.protocol() == protocol);
    }

    /** The peer that the address ends with, if it names one there. */
    public Optional<PeerId> peerId() {
        Component last = components.getLast();
        return last.protocol() == Protocol.P2P ? PeerId.decode(last.value()).toOptional() : Optional.empty();
    }

    /** This address, ending with {@code peer} in place of the peer that it ends with. */
    public Multiaddr withPeer(PeerId peer) {
        List<Component> longer = new ArrayList<>(components);
        if (longer.getLast().protocol() == Protocol.P2P) {
            longer.removeLast();
        }
        longer.add(new Component(Protocol.P2P, peer.toBytes()));
        return new Multiaddr(longer);
    }

    /** This address without the peer that it ends with; unchanged if it names none, or nothing else. */
    public Multiaddr withoutPeer() {
        return components.size() > 1 && components.getLast().protocol() == Protocol.P2P
                ? new Multiaddr(components.subList(0, components.size() - 1))
                : this;
    }

    /**
     * Host and port of an address that begins with {@code ip4}, {@code ip6}, {@code dns}, {@code dns4} or {@code dns6}
     * and {@code tcp}, whatever follows. Unresolved for host names; no name server is asked.
     */
    public Optional<InetSocketAddress> tcpEndpoint() {
        if (components.size() < 2 || components.get(1).protocol() != Protocol.TCP) {
            return Optional.empty();
        }
        Component host = components.getFirst();
        int port = Integer.parseInt(components.get(1).text());
        return switch (host.protocol()) {
            case IP4, IP6 -> Optional.of(new InetSocketAddress(address(host.value()), port));
            case DNS, DNS4, DNS6 -> Optional.of(InetSocketAddress.createUnresolved(host.text(), port));
            default -> Optional.empty();
        };
    }

    /** Whether this is host, {@code tcp} and at most a peer, so that bare TCP to {@link #tcpEndpoint} reaches it. */
    public boolean isPlainTcp() {
        return tcpEndpoint().isPresent()
                && (components.size() == 2 || (components.size() == 3 && peerId().isPresent()));
    }

    private static InetAddress address(Bytes value) {
        try {
            return InetAddress.getByAddress(value.toArray());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the size has been checked", e);
        }
    }
}
