package io.pinfold.follower.status;

import io.pinfold.chain.core.Pin;
import io.pinfold.follower.peers.PeerCard;
import io.pinfold.follower.peers.PeerCardCodec;
import io.pinfold.follower.peers.PeerRegistry;
import io.pinfold.follower.tracker.CountedThreads;
import io.pinfold.follower.tracker.TrackerRig;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.PinStatuses.Scope;
import io.pinfold.follower.view.StatusFilter;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.libp2p.sim.SimHost;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcClientConfig;
import io.pinfold.rpc.server.Authorizer;
import io.pinfold.rpc.server.Pause;
import io.pinfold.rpc.server.RpcHandler;
import io.pinfold.rpc.server.RpcServer;
import io.pinfold.rpc.server.RpcServerConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What this peer and those it is connected to say of pins, put together. */
class MemberStatusesTest {

    private static final Cid CLUSTER = TrackerRig.cid("a cluster");
    private static final Cid A = TrackerRig.cid("a");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    private final SimNetwork network = new SimNetwork(InstantSource.system());
    private final SimHost self = network.host();
    private final SimHost friend = network.host();
    private final SimHost other = network.host();
    private final CountedThreads threads = new CountedThreads();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final RpcClient client = new RpcClient(self, InstantSource.system(), RpcClientConfig.DEFAULT,
            RpcMeter.NONE);
    private final PeerRegistry registry = new PeerRegistry(self, client, CLUSTER);
    /** How many items each request asked for. */
    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private boolean asksOthers = true;
    private TrackerRig rig;
    private MemberStatuses statuses;

    @BeforeEach
    void make() throws InterruptedException {
        rig = new TrackerRig(folder, 1);
        rig.tracker = rig.create(threads);
        rig.tracker.start();
        threads.awaitIdle();
        statuses = new MemberStatuses(rig.tracker, registry, client, () -> NOON, self.id(),
                () -> card("ourselves"), () -> asksOthers);
    }

    @AfterEach
    void close() {
        rig.tracker.close();
        threads.close();
        registry.close();
        client.close();
        network.close();
        scheduler.shutdownNow();
    }

    @Test
    void oursIsSaidWithoutAskingAnybody() throws InterruptedException {
        serve(friend, "friend", true, this::pinning);
        pin(Pin.of(A).withName("film"));
        PinStatus status = of(statuses.status(A, Scope.LOCAL));
        assertThat(status.name()).isEqualTo("film");
        assertThat(status.peers()).containsOnlyKeys(self.id());
        assertThat(at(status, self).peername()).isEqualTo("ourselves");
        assertThat(at(status, self).status()).isEqualTo(TrackerStatus.PINNED);
        asksOthers = false;
        assertThat(of(statuses.status(A, Scope.CLUSTER)).peers()).containsOnlyKeys(self.id());
        assertThat(asked).isEmpty();
    }

    @Test
    void eachConnectedPeerSaysItsOwn() throws InterruptedException {
        serve(friend, "friend", true, this::pinning);
        serve(other, "other", true, count -> Collections.nCopies(count, report(TrackerStatus.PIN_ERROR, "no room")));
        pin(Pin.of(A));
        PinStatus status = of(statuses.status(A, Scope.CLUSTER));
        assertThat(status.peers()).containsOnlyKeys(self.id(), friend.id(), other.id());
        assertThat(at(status, friend)).extracting(PinStatus.AtPeer::peername, PinStatus.AtPeer::status)
                .containsExactly("friend", TrackerStatus.PINNING);
        assertThat(at(status, other).error()).isEqualTo("no room");
        assertThat(of(statuses.recover(A, Scope.CLUSTER)).peers()).hasSize(3);
    }

    @Test
    void whoFailsIsAnErrorOfTheClusterAndWhoForbidsIsLeftOut() throws InterruptedException {
        serve(friend, "friend", true, _ -> {
            throw new IllegalStateException("a bug, on purpose");
        });
        serve(other, "other", false, this::pinning);
        pin(Pin.of(A));
        PinStatus status = of(statuses.status(A, Scope.CLUSTER));
        assertThat(status.peers()).containsOnlyKeys(self.id(), friend.id());
        assertThat(at(status, friend)).extracting(PinStatus.AtPeer::status, PinStatus.AtPeer::since)
                .containsExactly(TrackerStatus.CLUSTER_ERROR, NOON);
        assertThat(at(status, friend).error()).startsWith("the peer did not answer: ");
    }

    @Test
    void anAnswerOfAnotherLengthIsMalformed() throws InterruptedException {
        serve(friend, "friend", true, count -> pinning(count + 1));
        pin(Pin.of(A));
        PinStatus.AtPeer at = at(of(statuses.status(A, Scope.CLUSTER)), friend);
        assertThat(at.status()).isEqualTo(TrackerStatus.CLUSTER_ERROR);
        assertThat(at.error()).startsWith("the peer's answer is malformed: ");
    }

    @Test
    void aListingAsksBatchByBatchAndNoLongerWhoFailed() throws InterruptedException {
        int many = 2 * StatusCodec.MAX_CIDS + 1;
        serve(friend, "friend", true, this::pinning);
        serve(other, "other", true, _ -> {
            throw new IllegalStateException("a bug, on purpose");
        });
        IntStream.range(0, many).forEach(i -> rig.pin(Pin.of(TrackerRig.cid("item " + i))));
        threads.awaitIdle();
        List<PinStatus> all = new ArrayList<>();
        assertThat(statuses.statuses(StatusFilter.ALL, Scope.CLUSTER, all::add)).isEqualTo(Answer.done((long) many));
        assertThat(all).hasSize(many).allSatisfy(status -> {
            assertThat(at(status, friend).status()).isEqualTo(TrackerStatus.PINNING);
            assertThat(at(status, other).status()).isEqualTo(TrackerStatus.CLUSTER_ERROR);
        });
        assertThat(all).extracting(PinStatus::cid).isSorted().doesNotHaveDuplicates();
        assertThat(asked).as("three batches of one, one of the other")
                .containsExactlyInAnyOrder(StatusCodec.MAX_CIDS, StatusCodec.MAX_CIDS, 1, StatusCodec.MAX_CIDS);
    }

    @Test
    void aFilterChoosesPeersAndLeavesOutItemsWithoutAny() throws InterruptedException {
        serve(friend, "friend", true, this::pinning);
        pin(Pin.of(A));
        List<PinStatus> found = new ArrayList<>();
        assertThat(statuses.statuses(new StatusFilter(Set.of(TrackerStatus.PINNING)), Scope.CLUSTER, found::add))
                .isEqualTo(Answer.done(1L));
        assertThat(found.getFirst().peers()).containsOnlyKeys(friend.id());
        assertThat(statuses.statuses(new StatusFilter(Set.of(TrackerStatus.UNPIN_ERROR)), Scope.CLUSTER, found::add))
                .isEqualTo(Answer.done(0L));
        assertThat(found).hasSize(1);
    }

    @Test
    void anInterruptEndsTheQuestion() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        serve(friend, "friend", true, count -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return pinning(count);
        });
        pin(Pin.of(A));
        Thread.currentThread().interrupt();
        assertThat(statuses.status(A, Scope.CLUSTER)).isInstanceOfSatisfying(Answer.Failed.class,
                failed -> assertThat(failed.failure()).isInstanceOf(Failure.NotReady.class));
        assertThat(Thread.interrupted()).isTrue();
    }

    private void pin(Pin pin) throws InterruptedException {
        rig.pin(pin);
        threads.awaitIdle();
    }

    private static PinStatus of(Answer<PinStatus> answer) {
        if (answer instanceof Answer.Done<PinStatus>(PinStatus status)) {
            return status;
        }
        throw new AssertionError(answer);
    }

    private static PinStatus.AtPeer at(PinStatus status, SimHost peer) {
        return Objects.requireNonNull(status.peers().get(peer.id()), status::toString);
    }

    private List<StatusReport> pinning(int count) {
        return Collections.nCopies(count, report(TrackerStatus.PINNING, ""));
    }

    private static StatusReport report(TrackerStatus status, String error) {
        return new StatusReport(status, NOON, error, 1, false, Optional.empty());
    }

    private static PeerCard card(String name) {
        return new PeerCard(CLUSTER, name, "1", List.of(), Optional.empty());
    }

    /** Has {@code host} say who it is, and {@code reports} for so many items, to us if it {@code trusts} us; returns when it is known. */
    private void serve(SimHost host, String name, boolean trusts, Function<Integer, List<StatusReport>> reports)
            throws InterruptedException {
        CountDownLatch known = new CountDownLatch(1);
        registry.addListener((peer, _) -> {
            if (peer.equals(host.id())) {
                known.countDown();
            }
        });
        Map<String, RpcHandler> handlers = Map.of(MethodTable.ID.name(), (_, answers) -> {
            answers.send(PeerCardCodec.encode(card(name)));
            return RpcHandler.done();
        }, MethodTable.PIN_STATUS.name(), (call, answers) -> {
            if (!(StatusCodec.decodeRequest(call.body()) instanceof Decoded.Ok<List<Cid>>(List<Cid> cids))) {
                return RpcHandler.refused(ErrorCode.BAD_REQUEST, "no request");
            }
            asked.add(cids.size());
            answers.send(StatusCodec.encodeAnswer(reports.apply(cids.size())));
            return RpcHandler.done();
        });
        PeerId us = self.id();
        new RpcServer(host, MethodTable.of(MethodTable.ID, MethodTable.PIN_STATUS), handlers,
                new Authorizer(peer -> trusts && peer.equals(us)), RpcServerConfig.DEFAULT,
                new RpcServer.Environment(InstantSource.system(), Pause.SLEEP, scheduler, RpcMeter.NONE)).start();
        network.connect(self, host);
        registry.refresh();
        assertThat(known.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
