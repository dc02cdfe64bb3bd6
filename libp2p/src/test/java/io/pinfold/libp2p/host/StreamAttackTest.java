package io.pinfold.libp2p.host;

import io.pinfold.libp2p.Delimited;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.multistream.RawLines;
import io.pinfold.libp2p.noise.NoiseChannel;
import io.pinfold.libp2p.ping.Ping;
import io.pinfold.libp2p.record.Proto;
import io.pinfold.libp2p.record.SignedPeerRecord;
import io.pinfold.libp2p.yamux.RawYamux;
import io.pinfold.libp2p.yamux.YamuxConfig;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.pinfold.libp2p.host.TestHosts.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Peers that are who they say, and misuse their streams. */
class StreamAttackTest {

    private final TestHosts hosts = new TestHosts();

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void resetsStreamsWhoseProtocolIsNotAgreedOnInTime() throws Exception {
        HostConfig.Streams limits = HostConfig.Streams.DEFAULT;
        TcpHost host = hosts.start(TestHosts.onLoopback()
                .withStreams(
                        new HostConfig.Streams(Duration.ofMillis(100), 10, limits.buffered(), limits.addressBook())));
        try (RawPeer peer = RawPeer.dial(host)) {
            NoiseChannel channel = peer.secure();
            RawYamux raw = new RawYamux(channel.input(), channel.output());
            raw.open(1).awaitReset(1);
            raw.open(3).data(3, 0, RawLines.encode("/multistream/1.0.0")).awaitReset(3);
            raw.open(5).data(5, 0, RawLines.propose("/none")).awaitReset(5);
        }
        TestHosts.await(() -> host.metrics().get("stream_negotiations_late") == 3,
                () -> host.metrics().snapshot().toString());
    }

    @Test
    void runsNoMoreHandlersThanStreamsHoweverOftenTheyAreReset() throws Exception {
        YamuxConfig four = YamuxConfig.DEFAULT.withMaxInboundStreams(4);
        TcpHost host = hosts.start(
                TestHosts.onLoopback().withConnections(HostConfig.Connections.DEFAULT.withYamux(four)));
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        host.handle("/slow", _ -> {
            running.incrementAndGet();
            awaitUninterruptibly(over);
        });
        try (RawPeer peer = RawPeer.dial(host)) {
            NoiseChannel channel = peer.secure();
            RawYamux raw = new RawYamux(channel.input(), channel.output());
            for (int id = 1; id <= 7; id += 2) {
                raw.open(id).data(id, 0, RawLines.propose("/slow"));
            }
            TestHosts.await(() -> running.get() == 4, () -> running + " handlers run");
            for (int id = 1; id <= 7; id += 2) {
                raw.reset(id);
            }
            raw.open(9).awaitReset(9);
            over.countDown();
        }
        assertThat(running).hasValue(4);
    }

    @Test
    void echoesNoMoreThanTwoPingsOfAPeerAtOnce() throws Exception {
        TcpHost host = hosts.start();
        TcpHost friend = hosts.start();
        TestHosts.connect(friend, host);
        List<Stream> pings = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Stream ping = TestHosts.open(friend, host.id(), Ping.PROTOCOL);
            ping.output().write(new byte[Ping.SIZE]);
            assertThat(ping.input().readNBytes(Ping.SIZE)).hasSize(Ping.SIZE);
            pings.add(ping);
        }
        Stream third = TestHosts.open(friend, host.id(), Ping.PROTOCOL);
        assertThatThrownBy(() -> third.input().read()).isInstanceOf(StreamResetException.class);
        pings.forEach(Stream::close);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"no protobuf, identify_refused_malformed", "too many protocols, identify_refused_too_many",
        "a long text, identify_refused_too_long", "a message of 1 GiB, identify_failed",
        "half a message, identify_failed", "another key, identify_foreign_key",
        "another peer's record, identify_foreign_record",
        "a record with a wrong signature, identify_record_refused_bad_signature"})
    void takesNothingFromAFalseIdentification(String answer, String counted) throws Exception {
        TcpHost host = hosts.start();
        TcpHost liar = hosts.start();
        Bytes message = lie(answer, liar);
        liar.handle(Identifier.PROTOCOL, stream -> {
            switch (answer) {
                case "a message of 1 GiB" -> stream.output().write(new byte[]{-128, -128, -128, -128, 4});
                case "half a message" -> stream.output().write(new byte[]{10, 1});
                default -> Delimited.write(stream.output(), message);
            }
        });
        TestHosts.connect(host, liar);
        TestHosts.awaitCounted(host, counted);
        assertThat(host.addressBook().addresses(liar.id())).isEqualTo(liar.listenAddresses());
        assertThat(host.peerRecord(liar.id())).isEmpty();
        assertThat(Ping.once(host, liar.id(), new Random(), PATIENCE)).isInstanceOf(Ping.Result.Answered.class);
    }

    @Test
    void readsOnlySoManyPartsOfAnIdentification() throws Exception {
        TcpHost host = hosts.start();
        TcpHost talker = hosts.start();
        talker.handle(Identifier.PROTOCOL, stream -> {
            for (int i = 0; i < 20; i++) {
                Delimited.write(stream.output(), protocol(i < 10 ? "/early" : "/late"));
            }
        });
        TestHosts.connect(host, talker);
        TestHosts.await(() -> !host.protocols(talker.id()).isEmpty(), () -> "nothing was learned");
        assertThat(host.protocols(talker.id())).containsExactly("/early");
    }

    @Test
    void anAnswerThatComesLateDoesNotUndoAPush() throws Exception {
        TcpHost host = hosts.start();
        TcpHost slow = hosts.start();
        CountDownLatch pushed = new CountDownLatch(1);
        slow.handle(Identifier.PROTOCOL, stream -> {
            awaitUninterruptibly(pushed);
            Delimited.write(stream.output(), protocol("/before").concat(field(6, Bytes.fromHex("61"))));
        });
        TestHosts.connect(host, slow);
        try {
            push(slow, host, protocol("/after"));
            TestHosts.await(() -> host.protocols(slow.id()).contains("/after"), () -> "the push was not read");
        } finally {
            pushed.countDown();
        }
        TestHosts.await(() -> host.identification(slow.id()).orElseThrow().agentVersion().isPresent(),
                () -> "the answer was not read");
        assertThat(host.protocols(slow.id())).containsExactly("/after");
    }

    @Test
    void whoAskedTooEarlyIsToldAgain() throws Exception {
        TcpHost slow = hosts.start();
        TcpHost quick = hosts.start();
        TcpHost host = hosts.start();
        CountDownLatch pushed = new CountDownLatch(1);
        slow.handle(Identifier.PROTOCOL, stream -> {
            awaitUninterruptibly(pushed);
            Delimited.write(stream.output(), protocol(Identifier.PUSH_PROTOCOL));
        });
        TestHosts.connect(host, slow);
        TestHosts.connect(host, quick);
        try {
            TestHosts.await(() -> slow.protocols(host.id()).contains(Identifier.PROTOCOL),
                    () -> "the host is not known");
            TestHosts.await(() -> host.protocols(quick.id()).contains(Identifier.PUSH_PROTOCOL),
                    () -> "the quick peer is not known");
            host.handle("/late/1", _ -> {});
            TestHosts.await(() -> quick.protocols(host.id()).contains("/late/1"), () -> "there was no push");
            assertThat(slow.protocols(host.id())).doesNotContain("/late/1");
        } finally {
            pushed.countDown();
        }
        TestHosts.await(() -> slow.protocols(host.id()).contains("/late/1"), () -> "it was not told again");
    }

    @Test
    void takesNoAddressesFromAnOldRecord() throws Exception {
        TcpHost host = hosts.start();
        TcpHost pusher = hosts.start();
        TestHosts.connect(pusher, host);
        TestHosts.await(() -> host.peerRecord(pusher.id()).isPresent(), () -> "no record came");
        List<Multiaddr> former = List.of(Multiaddr.parse("/ip4/192.0.2.1/tcp/80").orElseThrow());
        Bytes old = SignedPeerRecord.sign(hosts.keyOf(pusher), 1, former).envelope();
        for (String name : List.of("/first", "/second")) {
            push(pusher, host, protocol(name).concat(field(8, old)));
            TestHosts.await(() -> host.protocols(pusher.id()).contains(name), () -> name + " was not read");
        }
        assertThat(host.addressBook().addresses(pusher.id())).doesNotContainAnyElementsOf(former);
    }

    @Test
    void readsOnlySoManyPushesOfAPeer() throws Exception {
        TcpHost host = hosts.start();
        TcpHost pusher = hosts.start();
        TcpHost other = hosts.start();
        TestHosts.connect(pusher, host);
        TestHosts.connect(other, host);
        int flood = 4 * Identifier.PUSH_BURST;
        for (int i = 0; i < flood; i++) {
            push(pusher, host, protocol("/flood/" + i));
        }
        TestHosts.await(() -> host.metrics().get("identify_push_refused") > flood / 2,
                () -> host.metrics().snapshot().toString());
        assertThat(host.connections(pusher.id())).isNotEmpty();
        push(other, host, protocol("/changed"));
        TestHosts.await(() -> host.protocols(other.id()).contains("/changed"), () -> "the other's push was not read");
    }

    /** Pushes, unless the stream is reset before all was said. */
    private static void push(TcpHost from, TcpHost to, Bytes message) throws IOException {
        TestHosts.await(() -> from.connectedPeers().contains(to.id()), () -> "there is no connection at this end yet");
        OpenResult result = from.open(to.id(), List.of(Identifier.PUSH_PROTOCOL), PATIENCE);
        if (result instanceof OpenResult.Opened(Stream stream)) {
            try (stream) {
                Delimited.write(stream.output(), message);
            } catch (StreamResetException e) {
                // the push was refused
            }
        }
    }

    private Bytes lie(String answer, TcpHost liar) {
        List<Multiaddr> victim = List.of(Multiaddr.parse("/ip4/192.0.2.1/tcp/80").orElseThrow());
        return switch (answer) {
            case "no protobuf" -> Bytes.fromHex("0aff");
            case "too many protocols" -> protocols(513);
            case "a long text" -> Bytes.fromHex("328102" + "61".repeat(257));
            case "another key" -> field(1, hosts.newKey().publicKey().toBytes());
            case "another peer's record" -> field(8, SignedPeerRecord.sign(hosts.newKey(), 1, victim).envelope());
            case "a record with a wrong signature" -> {
                byte[] envelope = SignedPeerRecord.sign(hosts.keyOf(liar), 1, victim).envelope().toArray();
                envelope[envelope.length - 40] ^= 1;
                yield field(8, Bytes.copyOf(envelope));
            }
            default -> Bytes.EMPTY;
        };
    }

    private static Bytes protocols(int count) {
        Bytes all = Bytes.EMPTY;
        for (int i = 0; i < count; i++) {
            all = all.concat(field(3, Bytes.fromHex("%04x".formatted(0x3030 + 256 * (i / 64) + i % 64))));
        }
        return all;
    }

    private static Bytes protocol(String name) {
        return field(3, Bytes.copyOf(name.getBytes(StandardCharsets.UTF_8)));
    }

    private static Bytes field(int number, Bytes value) {
        return Proto.message(out -> out.writeByteArray(number, value.toArray()));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException e) {
                done = latch.getCount() == 0;
            }
        }
    }
}
