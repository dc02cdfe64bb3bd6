package io.pinfold.libp2p.sim;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.StreamResetException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimHostTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SimNetwork network = new SimNetwork(InstantSource.system());
    private final SimHost alice = network.host();
    private final SimHost bob = network.host();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void echoesAMegabyteWhileBothSidesAreBusy() throws Exception {
        bob.handle("/echo", stream -> stream.input().transferTo(stream.output()));
        network.connect(alice, bob);
        byte[] sent = new byte[1 << 20];
        new Random(1).nextBytes(sent);
        try (Stream stream = opened(alice.open(bob.id(), List.of("/none", "/echo"), SECOND))) {
            assertThat(stream.protocol()).isEqualTo("/echo");
            Thread writer = Thread.startVirtualThread(() -> {
                try {
                    stream.output().write(sent);
                    stream.closeWrite();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(stream.input().readAllBytes()).isEqualTo(sent);
            writer.join();
        }
    }

    @Test
    void refusesWhatTheRealHostRefuses() {
        assertThat(alice.connect(bob.id(), List.of(), SECOND)).isEqualTo(new DialResult.Failed(List.of()));
        assertThat(alice.open(bob.id(), List.of("/x"), SECOND)).isInstanceOf(OpenResult.Unreachable.class);
        DialResult wrong = alice.connect(SimNetwork.keyOf(77).peerId(), bob.listenAddresses(), SECOND);
        assertThat(((DialResult.Failed) wrong).attempts()).extracting(DialResult.Attempt::reason)
                .containsExactly(DialResult.Reason.WRONG_PEER);
        network.connect(alice, bob);
        assertThat(alice.open(bob.id(), List.of("/x"), SECOND)).isEqualTo(new OpenResult.Unsupported(List.of("/x")));
    }

    @Test
    void tellsBothSidesOfComingAndGoing() throws Exception {
        RecordedEvents atAlice = new RecordedEvents();
        RecordedEvents atBob = new RecordedEvents();
        alice.addListener(atAlice);
        bob.addListener(atBob);
        network.connect(alice, bob);
        assertThat(atAlice.next()).isEqualTo("connected " + bob.id());
        assertThat(atAlice.next()).isEqualTo("identified " + bob.id());
        assertThat(atBob.next()).isEqualTo("connected " + alice.id());
        assertThat(atBob.next()).isEqualTo("identified " + alice.id());
        bob.handle("/x", _ -> {});
        assertThat(atAlice.next()).isEqualTo("identified " + bob.id());
        assertThat(alice.protocols(bob.id())).containsExactly("/x");
        network.cut(alice, bob);
        assertThat(atAlice.next()).isEqualTo("disconnected " + bob.id());
        assertThat(atBob.next()).isEqualTo("disconnected " + alice.id());
        network.connect(alice, bob);
        assertThat(alice.connectedPeers()).isEmpty();
        network.heal(alice, bob);
        network.connect(alice, bob);
        assertThat(atAlice.next()).isEqualTo("connected " + bob.id());
    }

    @Test
    void endsStreamsWithTheirConnection() throws Exception {
        bob.handle("/wait", stream -> stream.input().read());
        network.connect(alice, bob);
        Stream stream = opened(alice.open(bob.id(), List.of("/wait"), SECOND));
        alice.disconnect(bob.id());
        assertThatThrownBy(() -> stream.input().read()).isInstanceOf(StreamResetException.class);
    }

    @Test
    void keepsTimeoutsAndResetsWhatAHandlerFailsOn() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        bob.handle("/silent", _ -> awaitUninterruptibly(done));
        bob.handle("/failing", stream -> {
            throw new IOException("after " + stream.input().read());
        });
        network.connect(alice, bob);
        Stream silent = opened(alice.open(bob.id(), List.of("/silent"), SECOND));
        silent.setTimeout(Duration.ofMillis(1));
        assertThatThrownBy(() -> silent.input().read()).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> silent.output().write(new byte[SimPipe.CAPACITY + 1]))
                .isInstanceOf(SocketTimeoutException.class);
        done.countDown();
        Stream failing = opened(alice.open(bob.id(), List.of("/failing"), SECOND));
        failing.output().write(1);
        assertThatThrownBy(() -> failing.input().read()).isInstanceOf(StreamResetException.class);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Stream opened(OpenResult result) {
        assertThat(result).isInstanceOf(OpenResult.Opened.class);
        return ((OpenResult.Opened) result).stream();
    }
}
