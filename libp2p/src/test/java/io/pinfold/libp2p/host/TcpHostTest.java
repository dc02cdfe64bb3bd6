package io.pinfold.libp2p.host;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.DialResult.Attempt;
import io.pinfold.libp2p.DialResult.Reason;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.RequestResponse;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.ping.Ping;
import io.pinfold.libp2p.sim.RecordedEvents;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.pinfold.libp2p.host.TestHosts.PATIENCE;
import static io.pinfold.libp2p.host.TestHosts.connect;
import static io.pinfold.libp2p.host.TestHosts.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two or more hosts of ours on loopback. */
class TcpHostTest {

    private static final String ECHO = "/echo/1";
    private static final int MIB = 1 << 20;

    private final TestHosts hosts = new TestHosts();
    private TcpHost alice;
    private TcpHost bob;

    @BeforeEach
    void start() throws Exception {
        alice = hosts.start();
        bob = hosts.start();
        bob.handle(ECHO, stream -> stream.input().transferTo(stream.output()));
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void connectsIdentifiesAndPings() throws Exception {
        RecordedEvents atAlice = new RecordedEvents();
        RecordedEvents atBob = new RecordedEvents();
        alice.addListener(atAlice);
        bob.addListener(atBob);
        connect(alice, bob);
        assertThat(atAlice.next()).isEqualTo("connected " + bob.id());
        assertThat(atAlice.next()).isEqualTo("identified " + bob.id());
        assertThat(atBob.next()).isEqualTo("connected " + alice.id());
        assertThat(atBob.next()).isEqualTo("identified " + alice.id());
        assertThat(alice.protocols(bob.id())).contains(ECHO, Ping.PROTOCOL);
        assertThat(bob.addressBook().addresses(alice.id())).isEqualTo(alice.listenAddresses());
        assertThat(bob.peerRecord(alice.id()).orElseThrow().addresses()).isEqualTo(alice.listenAddresses());
        assertThat(alice.identification(bob.id()).orElseThrow().agentVersion()).contains(HostConfig.DEFAULT_AGENT);
        assertThat(Ping.once(alice, bob.id(), new Random(), PATIENCE)).isInstanceOf(Ping.Result.Answered.class);
        assertThat(Ping.once(bob, alice.id(), new Random(), PATIENCE)).isInstanceOf(Ping.Result.Answered.class);

        bob.handle("/new/1", _ -> {});
        assertThat(atAlice.next()).isEqualTo("identified " + bob.id());
        assertThat(alice.protocols(bob.id())).contains("/new/1");
        alice.disconnect(bob.id());
        assertThat(atAlice.next()).isEqualTo("disconnected " + bob.id());
        assertThat(atBob.next()).isEqualTo("disconnected " + alice.id());
        assertThat(alice.protocols(bob.id())).isEmpty();
    }

    @Test
    void echoesThroughOneStreamAndThroughManyAtOnce() throws Exception {
        connect(alice, bob);
        echo(2 * MIB, 1);
        echo(32 * 1024, 64);
    }

    private void echo(int bytes, int streams) throws Exception {
        List<CompletableFuture<Void>> echoes = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            byte[] sent = new byte[bytes];
            new Random(i).nextBytes(sent);
            Stream stream = open(alice, bob.id(), ECHO);
            CompletableFuture<Void> written = background(() -> {
                stream.output().write(sent);
                stream.closeWrite();
            });
            echoes.add(background(() -> {
                assertThat(Arrays.equals(stream.input().readAllBytes(), sent)).isTrue();
                stream.close();
            }));
            echoes.add(written);
        }
        for (CompletableFuture<Void> echo : echoes) {
            echo.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void announcesKnownProtocolsAndNoticesWhenThePeerHasForgottenThem() throws Exception {
        RecordedEvents atAlice = new RecordedEvents();
        alice.addListener(atAlice);
        connect(alice, bob);
        atAlice.next();
        assertThat(atAlice.next()).isEqualTo("identified " + bob.id());
        Stream echo = open(alice, bob.id(), ECHO);
        echo.output().write(9);
        assertThat(echo.input().read()).isEqualTo(9);
        echo.close();
        bob.unhandle(ECHO);
        Stream stale = open(alice, bob.id(), ECHO);
        assertThatThrownBy(() -> stale.input().read()).isInstanceOf(IOException.class);
    }

    @Test
    void saysWhyAStreamDoesNotOpen() {
        assertThat(alice.open(bob.id(), List.of(ECHO), PATIENCE))
                .isEqualTo(new OpenResult.Unreachable(new DialResult.Failed(List.of())));
        connect(alice, bob);
        assertThat(alice.open(bob.id(), List.of("/x/1", "/y/1"), PATIENCE))
                .isEqualTo(new OpenResult.Unsupported(List.of("/x/1", "/y/1")));
        Stream second = TestHosts.open(alice, bob.id(), ECHO);
        assertThat(second.protocol()).isEqualTo(ECHO);
    }

    @Test
    void saysWhyADialFailsAndBacksOff() throws Exception {
        int port = freePort();
        Multiaddr nobody = Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port).orElseThrow();
        Multiaddr udp = Multiaddr.parse("/ip4/127.0.0.1/udp/1/quic-v1").orElseThrow();
        assertThat(reasons(alice.connect(bob.id(), List.of(nobody, udp), PATIENCE)))
                .containsExactlyInAnyOrder(Reason.REFUSED, Reason.UNSUPPORTED_ADDRESS);
        assertThat(reasons(alice.connect(bob.id(), List.of(nobody), PATIENCE))).containsExactly(Reason.BACK_OFF);
        assertThat(reasons(alice.connect(SimNetwork.keyOf(1).peerId(), bob.listenAddresses(), PATIENCE)))
                .containsExactly(Reason.WRONG_PEER);
        assertThat(reasons(alice.connect(alice.id(), alice.listenAddresses(), PATIENCE)))
                .containsExactly(Reason.WRONG_PEER);
        assertThat(alice.metrics().get("handshake_out_wrong_peer")).isOne();
        connect(alice, bob);
    }

    @Test
    void resolvesHostNames() throws Exception {
        Multiaddr listening = bob.listenAddresses().getFirst();
        Multiaddr named = Multiaddr.parse(listening.toString().replace("/ip4/127.0.0.1", "/dns4/localhost"))
                .orElseThrow();
        assertThat(alice.connect(bob.id(), List.of(named.withPeer(bob.id())), PATIENCE))
                .isInstanceOf(DialResult.Connected.class);
    }

    @Test
    void dialsOnceHoweverManyAsk() throws Exception {
        List<CompletableFuture<Void>> dials = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            dials.add(background(() -> connect(alice, bob)));
        }
        for (CompletableFuture<Void> dial : dials) {
            dial.get(20, TimeUnit.SECONDS);
        }
        assertThat(alice.connections(bob.id())).hasSize(1);
    }

    @Test
    void toleratesThatBothDialAtOnce() throws Exception {
        alice.handle(ECHO, stream -> stream.input().transferTo(stream.output()));
        CompletableFuture<Void> there = background(() -> connect(alice, bob));
        CompletableFuture<Void> back = background(() -> connect(bob, alice));
        there.get(20, TimeUnit.SECONDS);
        back.get(20, TimeUnit.SECONDS);
        for (int i = 0; i < 10; i++) {
            Stream stream = i % 2 == 0 ? open(alice, bob.id(), ECHO) : open(bob, alice.id(), ECHO);
            stream.output().write(i);
            assertThat(stream.input().read()).isEqualTo(i);
            stream.close();
        }
    }

    @Test
    void asksAndAnswersWithinBounds() {
        RequestResponse.Limits limits = new RequestResponse.Limits(100, 100, PATIENCE);
        bob.handle("/twice/1", RequestResponse.serve(limits, (_, request) -> request.concat(request)));
        connect(alice, bob);
        Bytes small = Bytes.fromHex("0102");
        assertThat(RequestResponse.ask(alice, bob.id(), "/twice/1", small, limits))
                .isEqualTo(new RequestResponse.Outcome.Answered(small.concat(small)));
        Bytes large = Bytes.copyOf(new byte[60]);
        assertThat(RequestResponse.ask(alice, bob.id(), "/twice/1", large, limits))
                .isInstanceOfSatisfying(RequestResponse.Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(RequestResponse.Reason.BROKEN));
        RequestResponse.Limits wide = new RequestResponse.Limits(1000, 1000, PATIENCE);
        assertThat(RequestResponse.ask(alice, bob.id(), "/twice/1", Bytes.copyOf(new byte[200]), wide))
                .isInstanceOf(RequestResponse.Outcome.Failed.class);
    }

    @Test
    void boundsAnExchangeWhoseAnswerDrips() {
        CountDownLatch over = new CountDownLatch(1);
        bob.handle("/never/1", _ -> awaitUninterruptibly(over));
        connect(alice, bob);
        RequestResponse.Limits limits = new RequestResponse.Limits(100, 100, Duration.ofMillis(500));
        try {
            assertThat(RequestResponse.ask(alice, bob.id(), "/never/1", Bytes.EMPTY, limits))
                    .isInstanceOfSatisfying(RequestResponse.Outcome.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(RequestResponse.Reason.TIMEOUT));
        } finally {
            over.countDown();
        }
    }

    @Test
    void closingEndsStreamsAndTellsPeers() throws Exception {
        RecordedEvents atBob = new RecordedEvents();
        bob.addListener(atBob);
        connect(alice, bob);
        Stream stream = open(alice, bob.id(), ECHO);
        stream.output().write(1);
        assertThat(stream.input().read()).isOne();
        alice.close();
        assertThatThrownBy(() -> stream.input().read()).isInstanceOf(StreamResetException.class);
        atBob.next();
        String next = atBob.next();
        assertThat(next.startsWith("identified") ? atBob.next() : next).isEqualTo("disconnected " + alice.id());
        assertThat(reasons(alice.connect(bob.id(), bob.listenAddresses(), PATIENCE))).containsOnly(Reason.CLOSED);
    }

    @Test
    void resetsTheStreamWhenItsHandlerFails() {
        bob.handle("/fail/1", stream -> {
            throw new IOException("after " + stream.input().read());
        });
        bob.handle("/bug/1", _ -> {
            throw new IllegalStateException("a bug, on purpose");
        });
        connect(alice, bob);
        Stream failing = open(alice, bob.id(), "/fail/1");
        assertThatThrownBy(() -> {
            failing.output().write(1);
            failing.input().read();
        }).isInstanceOf(StreamResetException.class);
        InputStream buggy = open(alice, bob.id(), "/bug/1").input();
        assertThatThrownBy(buggy::read).isInstanceOf(StreamResetException.class);
        assertThat(bob.metrics().get("stream_handlers_failed")).isOne();
    }

    private static List<Reason> reasons(DialResult result) {
        assertThat(result).isInstanceOf(DialResult.Failed.class);
        return ((DialResult.Failed) result).attempts().stream().map(Attempt::reason).toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> background(Action action) {
        return CompletableFuture.runAsync(() -> {
            try {
                action.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, task -> Thread.startVirtualThread(task));
    }
}
