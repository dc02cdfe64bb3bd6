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
    private static final IpfsConfig CONFIG = IpfsConfig.DEFAULT.withCallTimeout(Duration.ofSeconds(2))
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
    void fileOfManyBlocksIsReadFromTheOtherNode() {
        byte[] data = new byte[2_000_000];
        new SplittableRandom(1).nextBytes(data);
        Cid file = value(nodes.get(1).add(new ByteArrayInputStream(data), ""));
        assertThat(nodes.get(0).connect(addressOf(1), PATIENCE)).isInstanceOf(Answer.Got.class);
        assertThat(nodes.get(0).cat("/ipfs/" + file, data.length, PATIENCE))
                .isEqualTo(new Answer.Got<>(Bytes.copyOf(data)));
    }

    /** A kill may come too late, when all is in the connection's buffers; then it is done again. */
    @Test
    void daemonKilledInTheMidstOfAListing() throws Exception {
        int made = manyPins(daemons.get(0), 3000);
        boolean cut = false;
        for (int attempt = 0; attempt < 10 && !cut; attempt++) {
            ListOutcome outcome = listAndKill(nodes.get(0), daemons.get(0));
            switch (outcome) {
                case ListOutcome.Complete(long roots) -> assertThat(roots).isGreaterThanOrEqualTo(made);
                case ListOutcome.Incomplete(long roots, var failure) -> {
                    cut = true;
                    assertThat(failure.kind()).isEqualTo(Kind.BROKEN_ANSWER);
                    assertThat(roots).isBetween(1L, made - 1L);
                }
            }
            daemons.get(0).restart();
            Awaitility.await().atMost(PATIENCE).until(() -> nodes.get(0).identity() instanceof Answer.Got);
        }
        assertThat(cut).as("one of ten kills came in time").isTrue();
        AtomicLong seen = new AtomicLong();
        assertThat(nodes.get(0).list(PinDepth.Kind.RECURSIVE, cid -> seen.incrementAndGet()))
                .isInstanceOf(ListOutcome.Complete.class);
        assertThat(seen.get()).isGreaterThanOrEqualTo(made);
    }

    private static ListOutcome listAndKill(KuboIpfsNode node, KuboNode daemon) throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        CompletableFuture<ListOutcome> listing = CompletableFuture
                .supplyAsync(() -> node.list(PinDepth.Kind.RECURSIVE, cid -> {
                    first.countDown();
                    await(killed);
                }), task -> Thread.ofVirtual().start(task));
        assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.kill();
        killed.countDown();
        return listing.get(20, TimeUnit.SECONDS);
    }

    @Test
    void fullDiskIsTold() {
        try (KuboNode small = KuboNode.startOnSmallDisk(24);
                KuboIpfsNode node = Fixture.node(
                        (BackendAddress.Kubo) BackendAddress.parse("ipfs://" + small.apiHostPort()).orElseThrow(),
                        CONFIG)) {
            Cid file = addFile(1, 40_000_000);
            PinRequest request = new PinRequest(file, new PinDepth.Recursive(), Fixture.MARK + "x", Optional.empty(),
                    List.of(addressOf(1)), PATIENCE);
            assertThat(node.pin(request, (blocks, bytes) -> {})).isInstanceOfSatisfying(PinOutcome.Failed.class,
                    failed -> assertThat(failed.failure().kind()).as(failed.toString()).isEqualTo(Kind.FULL));
            assertThat(node.status(file)).isEqualTo(new StatusOutcome.NotPinned());
            assertThat(node.identity()).isInstanceOf(Answer.Got.class);
            assertThat(node.list(PinDepth.Kind.RECURSIVE, cid -> {})).isInstanceOf(ListOutcome.Complete.class);
        }
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

    /** Pins of long identity CIDs, which need no content. */
    private static int manyPins(KuboNode daemon, int count) {
        for (int from = 0; from < count; from += 500) {
            List<String> command = new ArrayList<>(List.of("pin", "add"));
            for (int i = from; i < from + 500; i++) {
                Bytes digest = Bytes.copyOf(ByteBuffer.allocate(128).putInt(i).array());
                command.add(Cid.v1(Multicodec.RAW, Multihash.identity(digest)).toString());
            }
            daemon.cli(command.toArray(String[]::new));
        }
        return count;
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
