package io.pinfold.libp2p.host;

import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.DialResult.Attempt;
import io.pinfold.libp2p.DialResult.Reason;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.libp2p.sim.Duplex;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.libp2p.yamux.YamuxConfig;
import io.pinfold.libp2p.yamux.YamuxSession;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Dialling with attempts that the test decides. */
class DialerTest {

    private static final PeerId PEER = SimNetwork.keyOf(1).peerId();
    private static final HostConfig.Dials QUICK = new HostConfig.Dials(Duration.ofSeconds(20), Duration.ofMillis(1), 3,
            2, Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final ManualClock clock = new ManualClock();
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() {
        over.countDown();
        tasks.close();
    }

    @Test
    void takesTheFirstThatIsReachedAndClosesTheSlow() throws Exception {
        PeerConnection slow = connection();
        PeerConnection fast = connection();
        Dialer dialer = dialer((_, address, _) -> {
            if (address.equals(address(1))) {
                awaitUninterruptibly(over);
                return new Dialer.Outcome.Reached(slow);
            }
            return new Dialer.Outcome.Reached(fast);
        });
        DialResult result = dialer.dial(PEER, List.of(address(1), address(2)), soon());
        assertThat(result).isEqualTo(new DialResult.Connected(fast.info()));
        over.countDown();
        slow.session().ended().get(20, TimeUnit.SECONDS);
        assertThat(fast.session().ended()).isNotDone();
    }

    @Test
    void saysWhatBecameOfEachAddress() {
        Dialer dialer = dialer((_, address, _) -> missed(address, Reason.REFUSED));
        DialResult result = dialer.dial(PEER, List.of(address(1), address(2), address(3), address(4)), soon());
        assertThat(attempts(result)).extracting(Attempt::address, Attempt::reason)
                .containsExactlyInAnyOrder(
                        tuple(address(1), Reason.REFUSED),
                        tuple(address(2), Reason.REFUSED),
                        tuple(address(3), Reason.REFUSED),
                        tuple(address(4), Reason.LIMIT));
        assertThat(attempts(dialer.dial(PEER, List.of(address(1)), soon()))).extracting(Attempt::reason)
                .containsExactly(Reason.BACK_OFF);
        clock.advance(Duration.ofSeconds(2));
        assertThat(attempts(dialer.dial(PEER, List.of(address(1)), soon()))).extracting(Attempt::reason)
                .containsExactly(Reason.REFUSED);
    }

    @Test
    void endsInTimeHoweverLongAttemptsTake() {
        Dialer dialer = dialer((_, address, _) -> {
            awaitUninterruptibly(over);
            return missed(address, Reason.REFUSED);
        });
        DialResult result = dialer.dial(PEER, List.of(address(1), address(2)), Deadline.after(Duration.ofMillis(50)));
        assertThat(attempts(result)).extracting(Attempt::reason).containsExactly(Reason.TIMEOUT, Reason.TIMEOUT);
    }

    @Test
    void dialsAPeerOnceHoweverManyAsk() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        PeerConnection connection = connection();
        CountDownLatch begun = new CountDownLatch(1);
        Dialer dialer = dialer((_, _, _) -> {
            attempts.incrementAndGet();
            begun.countDown();
            awaitUninterruptibly(over);
            return new Dialer.Outcome.Reached(connection);
        });
        List<CompletableFuture<DialResult>> dials = new ArrayList<>();
        dials.add(CompletableFuture.supplyAsync(() -> dialer.dial(PEER, List.of(address(1)), soon()), tasks));
        begun.await();
        CountDownLatch asked = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            dials.add(CompletableFuture.supplyAsync(() -> {
                asked.countDown();
                return dialer.dial(PEER, List.of(address(1)), soon());
            }, tasks));
        }
        asked.await();
        over.countDown();
        for (CompletableFuture<DialResult> dial : dials) {
            assertThat(dial.get(20, TimeUnit.SECONDS)).isInstanceOf(DialResult.Connected.class);
        }
        assertThat(attempts.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void dialsSoManyPeersAtOnceAndNoMore() {
        Dialer dialer = dialer((_, address, _) -> {
            awaitUninterruptibly(over);
            return missed(address, Reason.REFUSED);
        });
        CountDownLatch begun = new CountDownLatch(2);
        for (int i = 2; i <= 3; i++) {
            PeerId peer = SimNetwork.keyOf(i).peerId();
            tasks.execute(() -> {
                begun.countDown();
                attempts(dialer.dial(peer, List.of(address(1)), soon()));
            });
        }
        awaitUninterruptibly(begun);
        TestHosts.await(() -> attempts(dialer.dial(PEER, List.of(address(1)), Deadline.after(Duration.ofMillis(1))))
                .getFirst()
                .reason() == Reason.LIMIT, () -> "a third dial was let in");
    }

    private Dialer dialer(Dialer.Attempter attempter) {
        return new Dialer(QUICK,
                new DialBackOff(QUICK.backOffFirst(), QUICK.backOffMost(), clock, new SplittableRandom(1)), attempter,
                tasks);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static Dialer.Outcome missed(Multiaddr address, Reason reason) {
        return new Dialer.Outcome.Missed(new Attempt(address, reason, "by the test"));
    }

    private static List<Attempt> attempts(DialResult result) {
        assertThat(result).isInstanceOf(DialResult.Failed.class);
        return ((DialResult.Failed) result).attempts();
    }

    private PeerConnection connection() {
        Duplex link = Duplex.pair(1024)[0];
        YamuxSession session = new YamuxSession("test", true,
                new YamuxSession.Link(link.input(), link.output(), link::close), YamuxConfig.DEFAULT,
                new MemoryBudget(1 << 20), new HostMetrics());
        session.start(_ -> false, _ -> {});
        return new PeerConnection(new ConnectionInfo(PEER, address(1), true, clock.instant()), address(1), session);
    }

    private static Multiaddr address(int port) {
        return Multiaddr.parse("/ip4/192.0.2.1/tcp/" + port).orElseThrow();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
