package io.pinfold.multiformats;

import java.util.Optional;

/** The address protocols that a {@link Multiaddr} may name, each with its multicodec code and the form of its value. */
public enum Protocol {
    /** An IPv4 address. */
    IP4("ip4", 4, AddressValue.IP4),
    /** A TCP port. */
    TCP("tcp", 6, AddressValue.PORT),
    /** An IPv6 address. */
    IP6("ip6", 41, AddressValue.IP6),
    /** A host name for IPv4 or IPv6. */
    DNS("dns", 53, AddressValue.HOST),
    /** A host name for IPv4. */
    DNS4("dns4", 54, AddressValue.HOST),
    /** A host name for IPv6. */
    DNS6("dns6", 55, AddressValue.HOST),
    /** A host name whose TXT records hold addresses. */
    DNSADDR("dnsaddr", 56, AddressValue.HOST),
    /** A UDP port. */
    UDP("udp", 273, AddressValue.PORT),
    /** Through a relay, which stands before it. */
    P2P_CIRCUIT("p2p-circuit", 290, AddressValue.NONE),
    /** A peer. */
    P2P("p2p", 421, AddressValue.PEER),
    /** HTTP over TLS. */
    HTTPS("https", 443, AddressValue.NONE),
    /** TLS. */
    TLS("tls", 448, AddressValue.NONE),
    /** The server name that TLS asks for. */
    SNI("sni", 449, AddressValue.HOST),
    /** QUIC version 1. */
    QUIC_V1("quic-v1", 461, AddressValue.NONE),
    /** WebSocket. */
    WS("ws", 477, AddressValue.NONE),
    /** WebSocket over TLS. */
    WSS("wss", 478, AddressValue.NONE),
    /** HTTP. */
    HTTP("http", 480, AddressValue.NONE);

    private final String label;
    private final int code;
    private final AddressValue value;

    Protocol(String label, int code, AddressValue value) {
        this.label = label;
        this.code = code;
        this.value = value;
    }

    /** Its name in a printed address. */
    public String label() {
        return label;
    }

    /** Its multicodec code. */
    public int code() {
        return code;
    }

    AddressValue value() {
        return value;
    }

    /** The protocol that a printed address calls {@code label}; {@code ipfs} is an old name of {@code p2p}. */
    public static Optional<Protocol> named(String label) {
        for (Protocol protocol : values()) {
            if (protocol.label.equals(label)) {
                return Optional.of(protocol);
            }
        }
        return label.equals("ipfs") ? Optional.of(P2P) : Optional.empty();
    }

    /** The protocol with multicodec code {@code code}. */
    public static Optional<Protocol> coded(long code) {
        for (Protocol protocol : values()) {
            if (protocol.code == code) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
