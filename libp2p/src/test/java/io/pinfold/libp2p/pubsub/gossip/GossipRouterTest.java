package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import io.pinfold.testkit.Seeds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** One router and what it says to made-up neighbours. */
class GossipRouterTest {

    private static final String TOPIC = "t";

    @RegisterExtension
    private final Seeds seeds = new Seeds();

    private final ManualClock clock = new ManualClock();
    private final Map<PeerId, List<Rpc>> sent = new LinkedHashMap<>();
    private final GossipRouter router = new GossipRouter(GossipConfig.DEFAULT, clock, seeds.generator(),
            (peer, rpc) -> sent.computeIfAbsent(peer, _ -> new ArrayList<>()).add(rpc));

    @Test
    void aNeighbourHearsOfOurTopics() {
        router.join(TOPIC);
        router.peerAdded(peer(1));
        assertThat(sent(1)).containsExactly(Rpc.subscriptions(List.of(new Rpc.Subscription(true, TOPIC))));
        router.leave(TOPIC);
        assertThat(sent(1)).endsWith(Rpc.subscriptions(List.of(new Rpc.Subscription(false, TOPIC))));
    }

    @Test
    void theMeshFillsToItsDegreeAndNoFurther() {
        router.join(TOPIC);
        subscribers(30);
        router.heartbeat();
        assertThat(router.mesh(TOPIC)).hasSizeBetween(GossipConfig.DEFAULT.degreeLow(), GossipConfig.DEFAULT.degree());
        for (int i = 1; i <= 30; i++) {
            router.received(peer(i), Rpc.graft(TOPIC));
        }
        assertThat(router.mesh(TOPIC)).hasSizeLessThanOrEqualTo(GossipConfig.DEFAULT.degreeHigh());
    }

    @Test
    void aGraftIsRefusedDuringBackoffAndPenalised() {
        router.join(TOPIC);
        subscribers(1);
        router.received(peer(1), Rpc.prune(TOPIC, 60));
        assertThat(router.mesh(TOPIC)).isEmpty();
        router.heartbeat();
        assertThat(router.mesh(TOPIC)).as("no graft of ours within the back-off").isEmpty();
        router.received(peer(1), Rpc.graft(TOPIC));
        assertThat(router.mesh(TOPIC)).isEmpty();
        assertThat(router.score(peer(1))).isNegative();
        assertThat(sent(1).getLast()).isEqualTo(Rpc.prune(TOPIC, 60));
    }

    @Test
    void aPrunedPeerComesBackAfterTheBackoff() {
        router.join(TOPIC);
        subscribers(1);
        router.received(peer(1), Rpc.prune(TOPIC, 60));
        clock.advance(Duration.ofSeconds(60));
        router.heartbeat();
        assertThat(router.mesh(TOPIC)).containsExactly(peer(1));
    }

    @Test
    void anAbsurdBackoffIsCut() {
        router.join(TOPIC);
        subscribers(1);
        router.received(peer(1), Rpc.prune(TOPIC, Long.MAX_VALUE));
        clock.advance(Duration.ofMinutes(10));
        router.heartbeat();
        assertThat(router.mesh(TOPIC)).containsExactly(peer(1));
    }

    @Test
    void ourMessageGoesToEverySubscriberOnce() {
        router.join(TOPIC);
        subscribers(20);
        sent.clear();
        assertThat(router.publish(id(1), message())).isEqualTo(20);
        assertThat(router.publish(id(1), message())).isEqualTo(-1);
        assertThat(sent.values()).hasSize(20).allSatisfy(rpcs -> assertThat(rpcs).hasSize(1));
    }

    @Test
    void anAcceptedMessageGoesToTheMeshButNotBack() {
        router.join(TOPIC);
        subscribers(4);
        sent.clear();
        assertThat(router.firstSight(id(1))).isTrue();
        router.accepted(peer(1), peer(2), id(1), message());
        assertThat(sent.keySet()).containsExactlyInAnyOrder(peer(3), peer(4));
        assertThat(router.firstSight(id(1))).isFalse();
    }

    @Test
    void whatIsAnnouncedIsAskedForOnceAndPenalisedIfItNeverComes() {
        router.join(TOPIC);
        subscribers(1);
        sent.clear();
        router.received(peer(1), Rpc.ihave(TOPIC, List.of(id(1), id(1), id(2))));
        assertThat(sent(1)).singleElement()
                .satisfies(
                        rpc -> assertThat(rpc.iwants().getFirst()).containsExactlyInAnyOrder(id(1), id(2)));
        router.firstSight(id(1));
        router.firstSight(id(2));
        clock.advance(Duration.ofSeconds(3));
        router.heartbeat();
        assertThat(router.score(peer(1))).as("kept its promise").isZero();
        router.received(peer(1), Rpc.ihave(TOPIC, List.of(id(3))));
        clock.advance(Duration.ofSeconds(3));
        router.heartbeat();
        assertThat(router.score(peer(1))).as("broke its promise").isNegative();
    }

    @Test
    void aFloodOfAnnouncementsIsNotAnswered() {
        router.join(TOPIC);
        subscribers(1);
        sent.clear();
        for (int i = 0; i < 100; i++) {
            router.received(peer(1), Rpc.ihave(TOPIC, List.of(id(i))));
        }
        assertThat(sent(1)).hasSize(GossipConfig.DEFAULT.maxIHavesPerHeartbeat());
        List<Bytes> many = IntStream.range(1_000, 6_000).mapToObj(GossipRouterTest::id).toList();
        router.heartbeat();
        sent.clear();
        router.received(peer(1), Rpc.ihave(TOPIC, many));
        router.received(peer(1), Rpc.ihave(TOPIC, many.stream().map(id -> id.concat(id)).toList()));
        assertThat(sent(1).stream().mapToInt(rpc -> rpc.iwants().getFirst().size()).sum())
                .isEqualTo(GossipConfig.DEFAULT.maxIdsPerRpc());
    }

    @Test
    void aRequestIsAnsweredFromTheCacheSoOftenAndNoMore() {
        router.join(TOPIC);
        subscribers(1);
        router.publish(id(1), message());
        sent.clear();
        for (int i = 0; i < 10; i++) {
            router.received(peer(1), Rpc.iwant(List.of(id(1), id(2))));
        }
        assertThat(sent(1)).hasSize(GossipConfig.DEFAULT.maxRetransmissions());
    }

    @Test
    void whoSendsRubbishLeavesTheMeshAndIsIgnored() {
        router.join(TOPIC);
        subscribers(1);
        router.heartbeat();
        assertThat(router.mesh(TOPIC)).containsExactly(peer(1));
        for (int i = 0; i < 10; i++) {
            router.rejected(peer(1));
        }
        router.heartbeat();
        assertThat(router.mesh(TOPIC)).isEmpty();
        assertThat(router.ignored(peer(1))).isTrue();
        router.peerRemoved(peer(1));
        router.peerAdded(peer(1));
        assertThat(router.ignored(peer(1))).as("dialling anew does not help").isTrue();
    }

    @Test
    void onlySoManyTopicsOfAPeerAreKeptAndAlwaysThoseWeAreIn() {
        router.join(TOPIC);
        router.peerAdded(peer(1));
        for (int i = 0; i < 1_000; i++) {
            router.received(peer(1), Rpc.subscriptions(List.of(new Rpc.Subscription(true, "topic " + i))));
        }
        assertThat(router.subscribers("topic 63")).containsExactly(peer(1));
        assertThat(router.subscribers("topic 64")).isEmpty();
        assertThat(router.subscribers(TOPIC)).isEmpty();
        router.received(peer(1), Rpc.subscriptions(List.of(new Rpc.Subscription(true, TOPIC))));
        assertThat(router.subscribers(TOPIC)).containsExactly(peer(1));
        assertThat(router.mesh(TOPIC)).containsExactly(peer(1));
        assertThat(router.score(peer(1))).as("many topics are no misbehaviour").isZero();
    }

    @Test
    void messagesOfTheLastHeartbeatsAreGossipedToThoseOutsideTheMesh() {
        router.join(TOPIC);
        subscribers(20);
        router.publish(id(1), message());
        sent.clear();
        router.heartbeat();
        List<PeerId> told = sent.entrySet()
                .stream()
                .filter(entry -> entry.getValue().stream().anyMatch(rpc -> !rpc.ihaves().isEmpty()))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(told).hasSize(GossipConfig.DEFAULT.degreeLazy()).doesNotContainAnyElementsOf(router.mesh(TOPIC));
    }

    @Test
    void whoMisbehavesIsNeitherGraftedNorLetIn() {
        router.join(TOPIC);
        router.peerAdded(peer(1));
        router.rejected(peer(1));
        router.received(peer(1), Rpc.subscriptions(List.of(new Rpc.Subscription(true, TOPIC))));
        assertThat(router.mesh(TOPIC)).isEmpty();
        router.received(peer(1), Rpc.graft(TOPIC));
        assertThat(router.mesh(TOPIC)).isEmpty();
        assertThat(sent(1).getLast()).isEqualTo(Rpc.prune(TOPIC, 60));
    }

    @Test
    void whoLeavesPrunesItsMeshAndWaitsBeforeItGraftsAgain() {
        router.join(TOPIC);
        subscribers(1);
        sent.clear();
        router.leave(TOPIC);
        assertThat(sent(1)).containsExactly(Rpc.prune(TOPIC, 10),
                Rpc.subscriptions(List.of(new Rpc.Subscription(false, TOPIC))));
        router.join(TOPIC);
        assertThat(router.mesh(TOPIC)).isEmpty();
        clock.advance(GossipConfig.DEFAULT.unsubscribeBackoff());
        router.heartbeat();
        assertThat(router.mesh(TOPIC)).containsExactly(peer(1));
    }

    @Test
    void whoUnsubscribesIsInTheMeshNoLonger() {
        router.join(TOPIC);
        subscribers(2);
        router.received(peer(1), Rpc.subscriptions(List.of(new Rpc.Subscription(false, TOPIC))));
        assertThat(router.mesh(TOPIC)).containsExactly(peer(2));
        assertThat(router.subscribers(TOPIC)).containsExactly(peer(2));
    }

    @Test
    void theWorseAPeerBehavesTheLessItGets() {
        router.join(TOPIC);
        subscribers(1);
        reject(4);
        sent.clear();
        router.received(peer(1), Rpc.ihave(TOPIC, List.of(id(7))));
        assertThat(sent(1)).as("its announcements are not listened to").isEmpty();
        assertThat(router.publish(id(1), message())).isEqualTo(1);
        sent.clear();
        router.received(peer(1), Rpc.iwant(List.of(id(1))));
        assertThat(sent(1)).as("its wishes are not granted").isEmpty();
        router.heartbeat();
        assertThat(sent(1)).as("nothing is announced to it").containsExactly(Rpc.prune(TOPIC, 60));
        reject(4);
        assertThat(router.publish(id(2), message())).as("it does not get our messages").isZero();
    }

    private void reject(int times) {
        for (int i = 0; i < times; i++) {
            router.rejected(peer(1));
        }
    }

    @Test
    void announcementsOfATopicThatWeAreNotInAreNotFollowed() {
        router.join(TOPIC);
        subscribers(1);
        sent.clear();
        router.received(peer(1), Rpc.ihave("another", List.of(id(1))));
        assertThat(sent(1)).isEmpty();
    }

    private void subscribers(int count) {
        for (int i = 1; i <= count; i++) {
            router.peerAdded(peer(i));
            router.received(peer(i), Rpc.subscriptions(List.of(new Rpc.Subscription(true, TOPIC))));
        }
    }

    private List<Rpc> sent(int number) {
        return sent.getOrDefault(peer(number), List.of());
    }

    private static PeerId peer(int number) {
        return TestKeys.peerId(number);
    }

    private static Bytes id(int number) {
        return Bytes.copyOf(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static WireMessage message() {
        return new WireMessage(Optional.empty(), Optional.empty(), Optional.empty(), TOPIC, Optional.empty(),
                Optional.empty());
    }
}
