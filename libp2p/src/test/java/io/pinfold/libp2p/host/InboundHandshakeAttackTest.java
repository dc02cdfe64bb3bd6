package io.pinfold.libp2p.host;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.multistream.RawLines;
import io.pinfold.libp2p.noise.NoiseChannel;
import io.pinfold.libp2p.noise.RawNoise;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.testing.RsaIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatCode;

/** Strangers at the door: each is shown out, the reason is counted, and the host serves the next one. */
class InboundHandshakeAttackTest {

    private static final RsaIdentity RSA = new RsaIdentity(2_048);

    private final TestHosts hosts = new TestHosts();

    @AfterEach
    void close() {
        hosts.close();
    }

    interface Attack {
        void run(RawPeer peer) throws IOException;
    }

    private static Arguments attack(String reason, String name, Attack attack) {
        return Arguments.of(reason, name, attack);
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack("malformed", "HTTP",
                        peer -> peer
                                .send(("GET / HTTP/1.1\r\nHost: " + "x".repeat(80)).getBytes(StandardCharsets.UTF_8))),
                attack("too_long", "a line of 1 MiB", peer -> peer.send((byte) 0x80, (byte) 0x80, (byte) 0x40)),
                attack("malformed", "a length that is not minimal", peer -> peer.send((byte) 0x80, (byte) 0)),
                attack("truncated", "nothing", RawPeer::closeWrite),
                attack("truncated", "TLS only", peer -> {
                    peer.send(RawLines.propose("/tls/1.0.0"));
                    peer.closeWrite();
                }),
                attack("too_many", "proposals without end", peer -> {
                    String[] proposals = new String[20];
                    Arrays.fill(proposals, "/x");
                    peer.send(RawLines.propose("/x"));
                    peer.send(RawLines.encode(proposals));
                }),
                attack("malformed", "a first message of 31 bytes", peer -> {
                    peer.agreeOnNoise().send((byte) 0, (byte) 31);
                    peer.send(new byte[31]);
                }),
                attack("too_long", "a first message of 64 KiB",
                        peer -> peer.agreeOnNoise().send((byte) 0xff, (byte) 0xff)),
                attack("truncated", "half a first message", peer -> {
                    peer.agreeOnNoise().send((byte) 0, (byte) 32, (byte) 1);
                    peer.closeWrite();
                }),
                attack("truncated", "a first message alone", peer -> {
                    RawNoise.sendFirst(peer.agreeOnNoise().out());
                    peer.closeWrite();
                }),
                attack("weak_key", "an ephemeral key of small order", peer -> {
                    peer.agreeOnNoise().send((byte) 0, (byte) 32);
                    peer.send(new byte[32]);
                }),
                attack("tampered", "a bit of the third message turned over", with(new RawNoise(RawPeer.IDENTITY)
                        .changingMessage(InboundHandshakeAttackTest::changed))),
                attack("malformed", "a third message cut short", with(new RawNoise(RawPeer.IDENTITY)
                        .changingMessage(message -> Arrays.copyOf(message, 40)))),
                attack("malformed", "an empty payload",
                        with(new RawNoise(RawPeer.IDENTITY).changingPayload(_ -> new byte[0]))),
                attack("malformed", "a payload that is no protobuf",
                        with(new RawNoise(RawPeer.IDENTITY).changingPayload(_ -> new byte[]{0x0a, 0x7f}))),
                attack("bad_signature", "somebody else's key", with(new RawNoise(RawPeer.IDENTITY)
                        .changingPayload(_ -> RawNoise.payload(stranger().publicKey().toBytes(),
                                Bytes.copyOf(new byte[64]))))),
                attack("bad_signature", "a signature of something else", with(new RawNoise(RawPeer.IDENTITY)
                        .changingPayload(_ -> RawNoise.payload(RawPeer.IDENTITY.publicKey().toBytes(),
                                RawPeer.IDENTITY.sign(Bytes.EMPTY))))),
                attack("key_type_unsupported", "a Secp256k1 key", with(new RawNoise(RawPeer.IDENTITY)
                        .changingPayload(_ -> RawNoise.payload(Bytes.fromHex("08021203010203"), Bytes.EMPTY)))),
                attack("key_type_unsupported", "an ECDSA key", with(new RawNoise(RawPeer.IDENTITY)
                        .changingPayload(_ -> RawNoise.payload(Bytes.fromHex("08031203010203"), Bytes.EMPTY)))),
                attack("key_type_unsupported", "an RSA key of 1024 bits",
                        with(new RawNoise(new RsaIdentity(1_024).message(), _ -> Bytes.EMPTY))),
                attack("malformed", "an RSA key that is none", with(new RawNoise(RawPeer.IDENTITY)
                        .changingPayload(_ -> RawNoise.payload(Bytes.fromHex("08001203010203"), Bytes.EMPTY)))),
                attack("bad_signature", "an RSA key that did not sign",
                        with(new RawNoise(RSA.message(), _ -> RSA.sign(Bytes.EMPTY)))),
                attack("malformed", "an Ed25519 key of 31 bytes", with(new RawNoise(RawPeer.IDENTITY)
                        .changingPayload(_ -> RawNoise.payload(
                                Bytes.fromHex("0801121f" + "01".repeat(31)), Bytes.EMPTY)))),
                attack("no_common_protocol", "another multiplexer in the handshake",
                        with(new RawNoise(RawPeer.IDENTITY).withMuxers("/mplex/6.7.0"))),
                attack("truncated", "another multiplexer behind the handshake", peer -> {
                    NoiseChannel channel = peer.agreeOnNoise()
                            .initiate(new RawNoise(RawPeer.IDENTITY).withMuxers());
                    channel.output().write(RawLines.propose("/mplex/6.7.0"));
                    peer.closeWrite();
                }),
                attack("tampered", "a message behind the handshake changed", peer -> {
                    peer.agreeOnNoise().initiate(new RawNoise(RawPeer.IDENTITY).withMuxers());
                    peer.send((byte) 0, (byte) 20);
                    peer.send(new byte[20]);
                }),
                attack("tampered", "a message shorter than a tag", peer -> {
                    peer.agreeOnNoise().initiate(new RawNoise(RawPeer.IDENTITY).withMuxers());
                    peer.send((byte) 0, (byte) 3, (byte) 1, (byte) 2, (byte) 3);
                }));
    }

    private static Attack with(RawNoise noise) {
        return peer -> peer.agreeOnNoise().initiate(noise);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("attacks")
    void closesAndCounts(String reason, String name, Attack attack) throws Exception {
        TcpHost host = hosts.start();
        try (RawPeer peer = RawPeer.dial(host)) {
            attack.run(peer);
            peer.awaitClose();
        }
        TcpHost friend = hosts.start();
        TestHosts.connect(friend, host);
        TestHosts.awaitCounted(host, "handshake_in_" + reason);
        TestHosts.await(() -> host.connectedPeers().equals(Set.of(friend.id())), () -> name);
    }

    @Test
    void takesAnRsaPeer() throws Exception {
        TcpHost host = hosts.start();
        try (RawPeer peer = RawPeer.dial(host)) {
            peer.agreeOnNoise().initiate(new RawNoise(RSA.message(), RSA::sign));
            TestHosts.await(() -> host.connectedPeers().equals(Set.of(RSA.key().peerId())),
                    () -> "" + host.metrics().snapshot());
        }
    }

    @Test
    void refusesItself() throws Exception {
        TcpHost host = hosts.start();
        try (RawPeer peer = RawPeer.dial(host)) {
            peer.agreeOnNoise().initiate(new RawNoise(hosts.keyOf(host)));
            peer.awaitClose();
        }
        TestHosts.awaitCounted(host, "handshake_in_self");
    }

    private static Map<String, Attack> stages() {
        return Map.of("nothing said", _ -> {},
                "half a line", peer -> peer.send((byte) 0x13, (byte) '/'),
                "the header only", peer -> peer.send(RawLines.encode("/multistream/1.0.0")),
                "noise agreed", RawPeer::agreeOnNoise,
                "half a first message", peer -> peer.agreeOnNoise().send((byte) 0, (byte) 32, (byte) 1),
                "a first message", peer -> RawNoise.sendFirst(peer.agreeOnNoise().out()),
                "no multiplexer", peer -> peer.agreeOnNoise()
                        .initiate(new RawNoise(RawPeer.IDENTITY).withMuxers()),
                "half a multiplexer", peer -> peer.agreeOnNoise()
                        .initiate(new RawNoise(RawPeer.IDENTITY).withMuxers())
                        .output()
                        .write(0x13));
    }

    /** All side by side, so that the time is waited for once. */
    @Test
    void endsHandshakesThatDoNotGoOn() throws Exception {
        TcpHost host = hosts.start(impatient(Duration.ofSeconds(1), 64));
        Map<String, RawPeer> silent = new LinkedHashMap<>();
        for (Map.Entry<String, Attack> stage : stages().entrySet()) {
            RawPeer peer = RawPeer.dial(host);
            silent.put(stage.getKey(), peer);
            stage.getValue().run(peer);
        }
        for (Map.Entry<String, RawPeer> peer : silent.entrySet()) {
            assertThatCode(peer.getValue()::awaitClose).as("silent after: " + peer.getKey()).doesNotThrowAnyException();
            peer.getValue().close();
        }
        TestHosts.await(() -> host.metrics().get("handshake_in_timeout") == silent.size(),
                () -> host.metrics().snapshot().toString());
    }

    @Test
    void boundsHandshakesOfOneOrigin() throws Exception {
        TcpHost host = hosts.start(impatient(TestHosts.PATIENCE, 3));
        List<RawPeer> silent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            silent.add(RawPeer.dial(host));
            silent.getLast().agreeOnNoise();
        }
        try (RawPeer fourth = RawPeer.dial(host)) {
            fourth.awaitClose();
        }
        TestHosts.awaitCounted(host, "inbound_refused_handshakes");
        for (RawPeer peer : silent) {
            peer.close();
        }
        TcpHost friend = hosts.start();
        TestHosts.await(() -> friend.connect(host.id(), host.listenAddresses(),
                TestHosts.PATIENCE) instanceof DialResult.Connected, () -> "the places are still taken");
    }

    @Test
    void boundsConnections() throws Exception {
        HostConfig.Connections one = HostConfig.Connections.DEFAULT;
        TcpHost host = hosts.start(TestHosts.onLoopback()
                .withConnections(
                        new HostConfig.Connections(2, 1, 1, 1, 2, one.grace(), one.yamux())));
        TcpHost first = hosts.start();
        TestHosts.connect(first, host);
        TestHosts.await(() -> host.connectedPeers().contains(first.id()), () -> "the first is not there yet");
        try (RawPeer second = RawPeer.dial(host)) {
            second.secure();
            second.awaitClose();
        }
        TestHosts.awaitCounted(host, "connections_refused");
    }

    private static HostConfig impatient(Duration timeout, int perIp) {
        return TestHosts.onLoopback().withHandshakes(new HostConfig.Handshakes(timeout, 64, perIp));
    }

    private static byte[] changed(byte[] message) {
        message[message.length - 1] ^= 1;
        return message;
    }

    private static PrivateKey stranger() {
        return PrivateKey.generate(new SecureRandom());
    }
}
