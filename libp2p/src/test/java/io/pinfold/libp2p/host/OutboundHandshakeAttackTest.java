package io.pinfold.libp2p.host;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.DialResult.Reason;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.multistream.RawLines;
import io.pinfold.libp2p.noise.NoiseChannel;
import io.pinfold.libp2p.noise.RawNoise;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Listeners that do not keep to the protocol: the dial fails with the reason, and the link is closed. */
class OutboundHandshakeAttackTest {

    private final TestHosts hosts = new TestHosts();

    @AfterEach
    void close() {
        hosts.close();
    }

    private static Arguments attack(Reason result, String counted, String name,
            InboundHandshakeAttackTest.Attack attack) {
        return Arguments.of(result, counted, name, attack);
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack(Reason.HANDSHAKE, "malformed", "HTTP",
                        peer -> peer.send("HTTP/1.1 400 ".repeat(9).getBytes(StandardCharsets.UTF_8))),
                attack(Reason.HANDSHAKE, "truncated", "nothing", RawPeer::close),
                attack(Reason.HANDSHAKE, "no_common_protocol", "no noise",
                        peer -> peer.send(RawLines.encode("/multistream/1.0.0", "na"))),
                attack(Reason.HANDSHAKE, "malformed", "an answer to something else",
                        peer -> peer.send(RawLines.encode("/multistream/1.0.0", "/tls/1.0.0"))),
                attack(Reason.HANDSHAKE, "malformed", "a second message of 79 bytes", peer -> {
                    peer.acceptNoise().send((byte) 0, (byte) 79);
                    peer.send("x".repeat(79).getBytes(StandardCharsets.UTF_8));
                }),
                attack(Reason.HANDSHAKE, "weak_key", "a key of small order", peer -> {
                    peer.acceptNoise().send((byte) 0, (byte) 96);
                    peer.send(new byte[96]);
                }),
                attack(Reason.HANDSHAKE, "too_long", "a second message of 64 KiB",
                        peer -> peer.acceptNoise().send((byte) 0xff, (byte) 0xff)),
                attack(Reason.HANDSHAKE, "tampered", "a bit of the second message turned over",
                        with(new RawNoise(RawPeer.IDENTITY).changingMessage(message -> {
                            message[40] ^= 1;
                            return message;
                        }))),
                attack(Reason.HANDSHAKE, "bad_signature", "no signature",
                        with(new RawNoise(RawPeer.IDENTITY).changingPayload(
                                _ -> RawNoise.payload(RawPeer.IDENTITY.publicKey().toBytes(), Bytes.EMPTY)))),
                attack(Reason.HANDSHAKE, "key_type_unsupported", "a secp256k1 key",
                        with(new RawNoise(RawPeer.IDENTITY).changingPayload(
                                _ -> RawNoise.payload(Bytes.fromHex("08021203010203"), Bytes.EMPTY)))),
                attack(Reason.WRONG_PEER, "wrong_peer", "somebody else",
                        with(new RawNoise(new TestHosts().newKey()))),
                attack(Reason.HANDSHAKE, "no_common_protocol", "another multiplexer in the handshake",
                        with(new RawNoise(RawPeer.IDENTITY).withMuxers("/mplex/6.7.0"))),
                attack(Reason.HANDSHAKE, "no_common_protocol", "another multiplexer behind the handshake", peer -> {
                    NoiseChannel channel = new RawNoise(RawPeer.IDENTITY).withMuxers()
                            .respond(peer.acceptNoise().in(),
                                    peer.out());
                    channel.output().write(RawLines.encode("/multistream/1.0.0", "na"));
                }),
                attack(Reason.TIMEOUT, "timeout", "silence", _ -> {}),
                attack(Reason.TIMEOUT, "timeout", "silence behind the agreement on noise", RawPeer::acceptNoise),
                attack(Reason.TIMEOUT, "timeout", "silence behind the handshake",
                        with(new RawNoise(RawPeer.IDENTITY).withMuxers())));
    }

    private static InboundHandshakeAttackTest.Attack with(RawNoise noise) {
        return peer -> {
            try {
                noise.respond(peer.acceptNoise().in(), peer.out());
            } catch (IOException e) {
                // the other side is right to go away
            }
        };
    }

    @ParameterizedTest(name = "{2}: {1}")
    @MethodSource("attacks")
    void failsTheDial(Reason result, String counted, String name, InboundHandshakeAttackTest.Attack attack)
            throws Exception {
        Duration timeout = result == Reason.TIMEOUT ? Duration.ofMillis(150) : Duration.ofSeconds(10);
        TcpHost host = hosts.start(
                HostConfig.DEFAULT.withHandshakes(new HostConfig.Handshakes(timeout, 1, 1)));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> accept(server, attack));
            Multiaddr address = Multiaddr
                    .tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
            DialResult dialled = host.connect(RawPeer.IDENTITY.peerId(), List.of(address), TestHosts.PATIENCE);
            assertThat(((DialResult.Failed) dialled).attempts()).as(name)
                    .extracting(DialResult.Attempt::reason)
                    .containsExactly(result);
            closed.get(20, TimeUnit.SECONDS);
        }
        assertThat(host.metrics().snapshot()).as(name).containsEntry("handshake_out_" + counted, 1L);
    }

    private static void accept(ServerSocket server, InboundHandshakeAttackTest.Attack attack) {
        try (RawPeer peer = new RawPeer(server.accept())) {
            attack.run(peer);
            peer.awaitClose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
