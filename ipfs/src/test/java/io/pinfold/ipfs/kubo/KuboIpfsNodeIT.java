package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.CircuitConfig;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.testkit.KuboNode;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Two real Kubo nodes, and one that is killed, frozen and restarted. */
@Timeout(120)
class KuboIpfsNodeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final IpfsConfig CONFIG = IpfsConfig.DEFAULT.withCallTimeout(Duration.ofSeconds(3))
            .withCircuit(new CircuitConfig(3, Duration.ofMillis(50), Duration.ofMillis(200)));

    private List<KuboNode> daemons = List.of();
    private final List<KuboIpfsNode> nodes = new ArrayList<>();

    @BeforeEach
    void start() {
        daemons = KuboNode.startAll(2);
        for (KuboNode daemon : daemons) {
            BackendAddress address = BackendAddress.parse("ipfs://" + daemon.apiHostPort()).orElseThrow();
            nodes.add(Fixture.node((BackendAddress.Kubo) address, CONFIG));
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(KuboIpfsNode::close);
        daemons.forEach(KuboNode::close);
    }

    @Test
    void pinFetchesFromItsOriginAndTellsProgress() {
        Cid file = addFile(1, 3_000_000);
        Multiaddr origin = addressOf(1);
        AtomicLong blocks = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        PinOutcome outcome = nodes.get(0)
                .pin(new PinRequest(file, new PinDepth.Recursive(), Fixture.MARK + "x",
                        Optional.empty(), List.of(origin), PATIENCE), (soFar, soMany) -> {
                            blocks.set(soFar);
                            bytes.set(soMany);
                        });
        assertThat(outcome).isEqualTo(new PinOutcome.Pinned());
        assertThat(blocks.get()).isBetween(1L, 13L);
        assertThat(bytes.get()).isBetween(262_144L, 3_100_000L);
        assertThat(daemons.get(0).cli("swarm", "peers")).contains(daemons.get(1).peerId());
    }

    @Test
    void pinThatWaitsGoesOnWhenTheNodesMeet() throws Exception {
        Cid file = addFile(1, 600_000);
        CompletableFuture<PinOutcome> outcome = CompletableFuture.supplyAsync(
                () -> nodes.get(0).pin(Fixture.request(file), (blocks, bytes) -> {}),
                task -> Thread.ofVirtual().start(task));
        assertThat(nodes.get(0).connect(addressOf(1), PATIENCE))
                .isEqualTo(new Answer.Got<>(addressOf(1).peerId().orElseThrow()));
        assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(new PinOutcome.Pinned());
    }

    @Test
    void nameIsResolvedAtAConnectedNode() {
        Cid target = addFile(1, 100);
        assertThat(nodes.get(0).connect(addressOf(1), PATIENCE)).isInstanceOf(Answer.Got.class);
        String name = value(nodes.get(1).publishName("template", target, Duration.ofHours(24)));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> nodes.get(0)
                        .resolve("/ipns/" + name, Duration.ofSeconds(3))
                        .equals(new Answer.Got<>(target)));
        assertThat(nodes.get(0).cat("/ipns/" + name, 100, PATIENCE)).isInstanceOf(Answer.Got.class);
    }

    @Test
    void daemonKilledInTheMidstOfAListing() throws Exception {
        KuboIpfsNode node = nodes.get(0);
        List<Cid> pinned = manyPins(daemons.get(0), 4000);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        CompletableFuture<ListOutcome> listing = CompletableFuture
                .supplyAsync(() -> node.list(PinDepth.Kind.RECURSIVE, cid -> {
                    first.countDown();
                    await(killed);
                }), task -> Thread.ofVirtual().start(task));
        assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
        daemons.get(0).kill();
        killed.countDown();
        assertThat(listing.get(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(ListOutcome.Incomplete.class, cut -> {
            assertThat(cut.failure().kind()).isEqualTo(Kind.BROKEN_ANSWER);
            assertThat(cut.roots()).isBetween(1L, pinned.size() - 1L);
        });
        daemons.get(0).restart();
        AtomicLong seen = new AtomicLong();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            seen.set(0);
            return node.list(PinDepth.Kind.RECURSIVE, cid -> seen.incrementAndGet()) instanceof ListOutcome.Complete;
        });
        assertThat(seen.get()).isGreaterThanOrEqualTo(pinned.size());
    }

    @Test
    void daemonKilledInTheMidstOfAPinAndBackAgain() throws Exception {
        KuboIpfsNode node = nodes.get(0);
        Cid cid = Fixture.cid("nobody has this");
        CompletableFuture<PinOutcome> pin = CompletableFuture.supplyAsync(
                () -> node.pin(Fixture.request(cid), (blocks, bytes) -> {}), task -> Thread.ofVirtual().start(task));
        Awaitility.await().atMost(PATIENCE).until(() -> node.identity() instanceof Answer.Got);
        daemons.get(0).kill();
        assertThat(pin.get(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(PinOutcome.Failed.class,
                failed -> assertThat(failed.failure().kind()).isIn(Kind.BROKEN_ANSWER, Kind.UNREACHABLE));
        for (int i = 0; i < 5; i++) {
            assertThat(node.status(cid)).isInstanceOfSatisfying(StatusOutcome.Failed.class,
                    failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.UNREACHABLE));
        }
        daemons.get(0).restart();
        Awaitility.await().atMost(PATIENCE).until(() -> node.status(cid).equals(new StatusOutcome.NotPinned()));
    }

    @Test
    void startedBeforeTheDaemonIsUp() {
        daemons.get(0).stop();
        BackendAddress address = BackendAddress.parse("ipfs://" + daemons.get(0).apiHostPort()).orElseThrow();
        try (KuboIpfsNode early = Fixture.node((BackendAddress.Kubo) address, CONFIG)) {
            assertThat(early.identity()).isInstanceOfSatisfying(Answer.Failed.class,
                    failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.UNREACHABLE));
            daemons.get(0).restart();
            Awaitility.await().atMost(PATIENCE).until(() -> early.identity() instanceof Answer.Got);
        }
    }

    @Test
    void frozenDaemonTimesOutAndIsFoundAgain() {
        KuboIpfsNode node = nodes.get(0);
        assertThat(node.identity()).isInstanceOf(Answer.Got.class);
        daemons.get(0).freeze();
        try {
            assertThat(node.identity()).isInstanceOfSatisfying(Answer.Failed.class,
                    failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.TIMEOUT));
        } finally {
            daemons.get(0).thaw();
        }
        Awaitility.await().atMost(PATIENCE).until(() -> node.identity() instanceof Answer.Got);
    }

    private Cid addFile(int node, int size) {
        byte[] data = new byte[size];
        new SplittableRandom().nextBytes(data);
        return value(nodes.get(node).add(new ByteArrayInputStream(data), "by hand"));
    }

    private Multiaddr addressOf(int node) {
        return Multiaddr.parse(daemons.get(node).swarmAddresses().getFirst()).orElseThrow();
    }

    /** Pins of long identity CIDs, so that their list does not fit into the buffers of a connection. */
    private static List<Cid> manyPins(KuboNode daemon, int count) {
        List<Cid> pins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] digest = ByteBuffer.allocate(128).putInt(i).array();
            pins.add(Cid.v1(Multicodec.RAW, Multihash.identity(Bytes.copyOf(digest))));
        }
        for (int from = 0; from < count; from += 500) {
            List<String> command = new ArrayList<>(List.of("pin", "add"));
            pins.subList(from, Math.min(count, from + 500)).forEach(cid -> command.add(cid.toString()));
            daemon.cli(command.toArray(String[]::new));
        }
        return pins;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T value(Answer<T> answer) {
        return switch (answer) {
            case Answer.Got<T>(T value) -> value;
            case Answer.Failed<T>(var failure) -> throw new AssertionError(failure);
        };
    }
}
