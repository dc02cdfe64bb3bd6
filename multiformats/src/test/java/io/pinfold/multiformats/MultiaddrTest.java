package io.pinfold.multiformats;

import io.pinfold.multiformats.testing.Attacks;
import io.pinfold.multiformats.testing.TestKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MultiaddrTest {

    private static final String PEER = "QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC";
    private static final String PEER_HEX = "a503221220d52ebb89d85b02a284948203a62ff28389c57c9f42beec4ec20db76a68911c0b";

    /** As go-multiaddr prints and writes them. */
    @ParameterizedTest
    @CsvSource({"/ip4/1.2.3.4, 0401020304", "/ip4/0.0.0.0, 0400000000", "/udp/0, 91020000", "/tcp/0, 060000",
        "/udp/65535, 9102ffff", "/ip4/127.0.0.1/udp/1234, 047f000001910204d2",
        "/ip4/127.0.0.1/tcp/4321, 047f0000010610e1", "/ip6/::1, 2900000000000000000000000000000001",
        "/ip6/2601:9:4f81:9700:803e:ca65:66e8:c21, 29260100094f819700803eca6566e80c21",
        "/p2p/" + PEER + ", " + PEER_HEX, "/p2p/" + PEER + "/tcp/1234, " + PEER_HEX + "0604d2",
        "/ip4/127.0.0.1/udp/1234/quic-v1, 047f000001910204d2cd03", "/ip4/127.0.0.1/tcp/127/ws, 047f00000106007fdd03",
        "/ip4/127.0.0.1/tcp/127/wss, 047f00000106007fde03", "/ip4/127.0.0.1/tcp/127/tls/ws, 047f00000106007fc003dd03",
        "/dns/example.com, 350b6578616d706c652e636f6d", "/dns4/a.b, 3603612e62", "/dns6/a.b, 3703612e62",
        "/dnsaddr/bootstrap.libp2p.io, 3813626f6f7473747261702e6c69627032702e696f", "/tcp/1234/http, 0604d2e003",
        "/tcp/1234/https, 0604d2bb03", "/tls/sni/a.b, c003c10303612e62",
        "/ip4/1.2.3.4/tcp/4001/p2p/" + PEER + "/p2p-circuit, 0401020304060fa1" + PEER_HEX + "a202"})
    void goldenValues(String text, String hex) {
        Multiaddr address = Multiaddr.parse(text).orElseThrow();

        assertThat(address).hasToString(text);
        assertThat(address.toBytes()).isEqualTo(Bytes.fromHex(hex));
        assertThat(Multiaddr.decode(Bytes.fromHex(hex))).isEqualTo(Decoded.ok(address));
        Attacks.mutate(7, 1_000, address.toBytes(), Multiaddr::decode, Multiaddr::toBytes);
    }

    /** RFC 5952, section 4, and addresses that hold one of IPv4. */
    @ParameterizedTest
    @CsvSource({"2001:0db8:0000:0000:0000:0000:0002:0001, 2001:db8::2:1", "2001:DB8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1", "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", "::, ::", "1::, 1::",
        "0:0:0:0:0:0:0:1, ::1", "::ffff:127.0.0.1, ::ffff:127.0.0.1", "::ffff:7f00:1, ::ffff:127.0.0.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221", "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0"})
    void ip6IsPrintedAsRfc5952Asks(String text, String canonical) {
        assertThat(Multiaddr.parse("/ip6/" + text).orElseThrow()).hasToString("/ip6/" + canonical);
        assertThat(Multiaddr.parse("/ip6/" + canonical)).isEqualTo(Multiaddr.parse("/ip6/" + text));
    }

    @ParameterizedTest
    @CsvSource({"/ipfs/" + PEER + ", /p2p/" + PEER,
        "/p2p/k2k4r8oqamigqdo6o7hsbfwd45y70oyynp98usk7zmyfrzpqxh1pohl7, /p2p/" + PEER,
        "/p2p/bafzbeigvf25ytwc3akrijfecaotc74udrhcxzh2cx3we5qqnw5vgrei4bm, /p2p/" + PEER,
        "/ip4/127.0.0.1/tcp/1234/, /ip4/127.0.0.1/tcp/1234"})
    void otherSpellingsMeanTheSame(String text, String canonical) {
        assertThat(Multiaddr.parse(text).orElseThrow()).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webtransport", "certhash", "memory", "unix", "sctp", "onion3", "IP4", "ip4 ", ""})
    void anUnknownProtocolIsNamed(String label) {
        Decoded<Multiaddr> decoded = Multiaddr.parse("/ip4/127.0.0.1/udp/1/quic-v1/" + label + "/x");

        assertRefused(decoded, Refusal.Kind.UNSUPPORTED);
        assertThat(decoded.toString()).contains('"' + label + '"');
    }

    @Test
    void anUnknownCodeIsNamed() {
        Decoded<Multiaddr> decoded = Multiaddr.decode(Bytes.fromHex("047f000001910204d2cd03d103"));

        assertRefused(decoded, Refusal.Kind.UNSUPPORTED);
        assertThat(decoded.toString()).contains("465");
    }

    @ParameterizedTest
    @CsvSource({"'', MALFORMED", "/, TRUNCATED", "//, UNSUPPORTED", "ip4/1.2.3.4, MALFORMED", "/ip4, TRUNCATED",
        "/ip4/, TRUNCATED", "/ip4/::1, MALFORMED", "/ip4/1.2.3, MALFORMED", "/ip4/1.2.3.4.5, MALFORMED",
        "/ip4/1.2.3.256, MALFORMED", "/ip4/01.2.3.4, MALFORMED", "/ip4/1.2.3.-4, MALFORMED", "/ip4/1.2.3.+4, MALFORMED",
        "/ip4/１.2.3.4, MALFORMED", "/ip4/localhost, MALFORMED", "/ip6/1.2.3.4, MALFORMED", "/ip6/1:2, MALFORMED",
        "/ip6/:::, MALFORMED", "/ip6/1::2::3, MALFORMED", "/ip6/1:2:3:4:5:6:7:8:9, MALFORMED",
        "/ip6/1:2:3:4:5:6:7:8::, MALFORMED", "/ip6/1:2:3:4::5:6:7:8, MALFORMED", "/ip6/12345::, MALFORMED",
        "/ip6/g::, MALFORMED", "/ip6/:1, MALFORMED", "/ip6/1:, MALFORMED", "/ip6/fe80::1%eth0, MALFORMED",
        "/ip6/1.2.3.4::, MALFORMED", "/ip6/1.2.3.4:5::, MALFORMED", "/ip6/[::1], MALFORMED", "/tcp, TRUNCATED",
        "/tcp/65536, OVERFLOW", "/tcp/-1, MALFORMED", "/tcp/+1, MALFORMED", "/tcp/01, MALFORMED", "/tcp/ 1, MALFORMED",
        "/tcp/http, MALFORMED", "/tcp/99999999999999999999, MALFORMED", "/dns/-, OK", "/dns/.a, MALFORMED",
        "/dns/a b, MALFORMED", "/dns/ä.de, MALFORMED", "/dns//tcp/1, MALFORMED", "/quic-v1/1234, UNSUPPORTED",
        "/p2p, TRUNCATED", "/p2p/tcp, UNSUPPORTED", "/p2p/QmxoHT6iViN5xAjoz1VZ553cL31U9F94ht3QvWR1FrEbZY, TRUNCATED"})
    void badTextIsRefused(String text, String outcome) {
        if (outcome.equals("OK")) {
            assertThat(Multiaddr.parse(text)).isInstanceOf(Decoded.Ok.class);
        } else {
            assertRefused(Multiaddr.parse(text), Refusal.Kind.valueOf(outcome));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', TRUNCATED", "04, TRUNCATED", "047f0000, TRUNCATED", "29, TRUNCATED", "0600, TRUNCATED",
        "91, TRUNCATED", "8400010203, NOT_CANONICAL", "0401020304ff, TRUNCATED", "35, TRUNCATED", "3500, MALFORMED",
        "3502612f, MALFORMED", "3501c3, MALFORMED", "350100, MALFORMED", "35fe01, TOO_LONG",
        "35ffffffffffffffff7f, TOO_LONG", "a50300, TRUNCATED", "a5030100, TRUNCATED", "a503021200, MALFORMED",
        "00, UNSUPPORTED", "ffffffffffffffffff01, OVERFLOW"})
    void badBytesAreRefused(String hex, Refusal.Kind kind) {
        assertRefused(Multiaddr.decode(Bytes.fromHex(hex)), kind);
    }

    @Test
    void sizesAreBounded() {
        assertRefused(Multiaddr.parse("/tcp/1".repeat(17)), Refusal.Kind.TOO_MANY);
        assertRefused(Multiaddr.decode(Bytes.fromHex("060001".repeat(17))), Refusal.Kind.TOO_MANY);
        assertRefused(Multiaddr.parse("/ws".repeat(100_000)), Refusal.Kind.TOO_LONG);
        assertRefused(Multiaddr.decode(Bytes.copyOf(new byte[1025])), Refusal.Kind.TOO_LONG);
        assertRefused(Multiaddr.parse("/dns/" + "a".repeat(254)), Refusal.Kind.TOO_LONG);
        assertThat(Multiaddr.parse("/tcp/1".repeat(16))).isInstanceOf(Decoded.Ok.class);
        List<Multiaddr.Component> none = List.of();
        assertThatThrownBy(() -> new Multiaddr(none)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLongestAddressFits() {
        String longest = ("/dnsaddr/" + "a".repeat(253)).repeat(4);
        Multiaddr address = Multiaddr.parse(longest).orElseThrow();

        assertThat(address.toBytes().size()).isEqualTo(Multiaddr.MAX_BYTES);
        assertThat(Multiaddr.decode(address.toBytes())).isEqualTo(Decoded.ok(address));
        assertRefused(Multiaddr.parse(longest + "/tcp/1"), Refusal.Kind.TOO_LONG);
    }

    @Test
    void thePeerIsTheLastPart() {
        PeerId peer = TestKeys.peerId(1);
        PeerId other = TestKeys.peerId(2);
        Multiaddr bare = Multiaddr.parse("/ip4/127.0.0.1/tcp/9096").orElseThrow();

        assertThat(bare.peerId()).isEmpty();
        assertThat(bare.withPeer(peer)).hasToString("/ip4/127.0.0.1/tcp/9096/p2p/" + peer);
        assertThat(bare.withPeer(peer).peerId()).contains(peer);
        assertThat(bare.withPeer(other).withPeer(peer)).isEqualTo(bare.withPeer(peer));
        assertThat(bare.withPeer(peer).withoutPeer()).isEqualTo(bare);
        assertThat(bare.withoutPeer()).isEqualTo(bare);
        Multiaddr circuit = Multiaddr.parse(bare.withPeer(peer) + "/p2p-circuit").orElseThrow();
        assertThat(circuit.peerId()).isEmpty();
        assertThat(circuit.withPeer(other).peerId()).contains(other);
        Multiaddr onlyPeer = Multiaddr.parse("/p2p/" + peer).orElseThrow();
        assertThat(onlyPeer.withoutPeer()).isEqualTo(onlyPeer);
    }

    @Test
    void valuesByProtocol() {
        Multiaddr address = Multiaddr.parse("/dns4/a.b/tcp/443/tls/sni/c.d/ws").orElseThrow();

        assertThat(address.value(Protocol.DNS4)).contains("a.b");
        assertThat(address.value(Protocol.TCP)).contains("443");
        assertThat(address.value(Protocol.WS)).contains("");
        assertThat(address.value(Protocol.UDP)).isEmpty();
        assertThat(address.has(Protocol.SNI)).isTrue();
        assertThat(address.has(Protocol.P2P)).isFalse();
        assertThat(address.components().stream().map(Multiaddr.Component::toString).collect(Collectors.joining()))
                .isEqualTo(address.toString());
    }

    @Test
    void endpointsOfTcp() throws Exception {
        InetAddress ip6 = InetAddress.getByAddress(Bytes.fromHex("20010db8000000000000000000000001").toArray());

        assertThat(endpoint("/ip4/10.1.2.3/tcp/80"))
                .isEqualTo(new InetSocketAddress(InetAddress.getByAddress(new byte[]{10, 1, 2, 3}), 80));
        assertThat(endpoint("/ip6/2001:db8::1/tcp/80/ws")).isEqualTo(new InetSocketAddress(ip6, 80));
        assertThat(endpoint("/dns/example.com/tcp/80"))
                .isEqualTo(InetSocketAddress.createUnresolved("example.com", 80));
        assertThat(Multiaddr.parse("/ip4/1.2.3.4/udp/1/quic-v1").orElseThrow().tcpEndpoint()).isEmpty();
        assertThat(Multiaddr.parse("/dnsaddr/a.b/tcp/1").orElseThrow().tcpEndpoint()).isEmpty();
        assertThat(Multiaddr.parse("/ip4/1.2.3.4").orElseThrow().tcpEndpoint()).isEmpty();
        for (String text : List.of("/ip4/10.1.2.3/tcp/80", "/ip6/2001:db8::1/tcp/80", "/dns/example.com/tcp/80")) {
            assertThat(Multiaddr.tcp(endpoint(text))).hasToString(text);
        }
    }

    @ParameterizedTest
    @CsvSource({"/ip4/1.2.3.4/tcp/1, true", "/dns/a/tcp/1, true", "/ip4/1.2.3.4/tcp/1/p2p/" + PEER + ", true",
        "/ip4/1.2.3.4/tcp/1/ws, false", "/ip4/1.2.3.4/tcp/1/p2p/" + PEER + "/p2p-circuit, false",
        "/ip4/1.2.3.4/udp/1, false", "/p2p/" + PEER + ", false"})
    void plainTcpIsNothingButTcp(String text, boolean plain) {
        assertThat(Multiaddr.parse(text).orElseThrow().isPlainTcp()).isEqualTo(plain);
    }

    private static InetSocketAddress endpoint(String text) {
        return Multiaddr.parse(text).orElseThrow().tcpEndpoint().orElseThrow();
    }
}
