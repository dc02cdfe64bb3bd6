package io.pinfold.libp2p.interop;

import io.pinfold.libp2p.host.TestHosts;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.gossip.GossipConfig;
import io.pinfold.libp2p.pubsub.gossip.PubSubMetrics;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.testkit.KuboNode;
import io.pinfold.testkit.KuboPubSub;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import static io.pinfold.libp2p.host.TestHosts.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our GossipSub and the one of go-libp2p in a real Kubo.
 *
 * <p>What is sent to Kubo is sent one by one: it checks messages side by side and ignores one that was overtaken by a later one of
 * its author (its validator of sequence numbers).
 */
class KuboPubSubIT {

    private static final int MANY = 300;

    private static KuboNode kubo;
    private static PeerId kuboId;
    private static List<Multiaddr> kuboAddresses;
    private static KuboPubSub topics;

    private final TestHosts hosts = new TestHosts();
    private final List<Member> members = new ArrayList<>();
    private final String topic;

    KuboPubSubIT(TestInfo test) {
        topic = test.getDisplayName();
    }

    @BeforeAll
    static void startKubo() {
        kubo = KuboNode.start();
        kuboId = PeerId.parse(kubo.peerId()).orElseThrow();
        kuboAddresses = kubo.swarmAddresses().stream().map(text -> Multiaddr.parse(text).orElseThrow()).toList();
        topics = new KuboPubSub(kubo);
    }

    @AfterAll
    static void stopKubo() {
        topics.close();
        kubo.close();
    }

    @AfterEach
    void close() {
        members.forEach(Member::close);
        hosts.close();
    }

    @Test
    void everyMessageOfOursReachesKuboOnce() throws Exception {
        try (KuboPubSub.Subscription kuboHears = topics.subscribe(topic)) {
            Member member = member();
            member.connect(kuboId, kuboAddresses);
            for (String payload : payloads()) {
                member.publish(payload);
                assertThat(hear(kuboHears)).isEqualTo(payload);
            }
        }
    }

    @Test
    void everyMessageOfKubosReachesUsOnce() throws Exception {
        try (KuboPubSub.Subscription _ = topics.subscribe(topic)) {
            Member member = member();
            member.connect(kuboId, kuboAddresses);
            payloads().forEach(this::kuboPublishes);
            List<String> heard = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                Message message = member.next();
                heard.add(message.data().toHex());
                assertThat(message.author()).isEqualTo(kuboId);
                assertThat(message.via()).isEqualTo(kuboId);
            }
            assertThat(heard).containsExactlyInAnyOrderElementsOf(payloads());
        }
    }

    /** Two of ours that know each other through Kubo only. */
    @Test
    void kuboPassesOnWhatEitherOfUsSays() throws Exception {
        try (KuboPubSub.Subscription kuboHears = topics.subscribe(topic)) {
            Member one = member();
            Member other = member();
            one.connect(kuboId, kuboAddresses);
            other.connect(kuboId, kuboAddresses);
            for (String payload : payloads()) {
                relay(payload, one, other);
                relay(payload, other, one);
                assertThat(hear(kuboHears)).isEqualTo(payload);
                assertThat(hear(kuboHears)).isEqualTo(payload);
            }
        }
    }

    @Test
    void subscriptionsAreFollowedOnBothSides() throws Exception {
        Member member = member();
        KuboPubSub.Subscription first = topics.subscribe(topic);
        member.connect(kuboId, kuboAddresses);
        TestHosts.await(() -> topics.peers(topic).contains(member.host.id().toString()), () -> "Kubo knows us not");
        first.close();
        member.awaitSubscribed(kuboId, false);
        assertThat(member.gossip.mesh(topic)).isEmpty();
        try (KuboPubSub.Subscription kuboHears = topics.subscribe(topic)) {
            member.awaitSubscribed(kuboId, true);
            member.publish("01");
            assertThat(hear(kuboHears)).isEqualTo("01");
            member.leave();
            TestHosts.await(() -> topics.peers(topic).isEmpty(), () -> "Kubo has " + topics.peers(topic));
            kuboPublishes("02");
            member.rejoin();
            TestHosts.await(() -> !topics.peers(topic).isEmpty(), () -> "Kubo has not heard that we are back");
            kuboPublishes("03");
            assertThat(member.next().data().toHex()).isEqualTo("03");
        }
    }

    @Test
    void messagesOfTheGreatestLengthPassAndLongerOnesDoNot() throws Exception {
        try (KuboPubSub.Subscription kuboHears = topics.subscribe(topic)) {
            Member member = member();
            member.connect(kuboId, kuboAddresses);
            String largest = "5a".repeat(GossipConfig.DEFAULT.maxMessage());
            member.publish(largest);
            assertThat(hear(kuboHears)).isEqualTo(largest);
            kuboPublishes("a5".repeat(GossipConfig.DEFAULT.maxMessage()));
            assertThat(member.next().data().size()).isEqualTo(GossipConfig.DEFAULT.maxMessage());
            kuboPublishes("a5".repeat(GossipConfig.DEFAULT.maxMessage() + 1));
            TestHosts.await(() -> member.count(PubSubMetrics.Event.MALFORMED) > 0, () -> "nothing was malformed");
            kuboPublishes("01");
            assertThat(member.next().data().toHex()).as("gossip still brings what follows").isEqualTo("01");
        }
    }

    @Test
    void aKuboThatRestartsIsGraftedAgain() throws Exception {
        Member member = member();
        try (KuboPubSub.Subscription _ = topics.subscribe(topic)) {
            member.connect(kuboId, kuboAddresses);
            kubo.kill();
        }
        TestHosts.await(() -> member.gossip.mesh(topic).isEmpty(), () -> "Kubo is still in the mesh");
        kubo.restart();
        try (KuboPubSub.Subscription kuboHears = topics.subscribe(topic)) {
            member.connect(kuboId, kuboAddresses);
            member.publish("01");
            assertThat(hear(kuboHears)).isEqualTo("01");
            kuboPublishes("02");
            assertThat(member.next().data().toHex()).isEqualTo("02");
        }
    }

    private Member member() throws Exception {
        Member member = new Member(hosts, topic);
        members.add(member);
        return member;
    }

    private void kuboPublishes(String hex) {
        topics.publish(topic, HexFormat.of().parseHex(hex));
    }

    private static String hear(KuboPubSub.Subscription subscription) {
        return subscription.next(PATIENCE).orElseThrow(() -> new AssertionError("Kubo heard nothing")).data();
    }

    private static void relay(String payload, Member from, Member to) throws InterruptedException {
        from.publish(payload);
        Message message = to.next();
        assertThat(message.data().toHex()).isEqualTo(payload);
        assertThat(message.author()).isEqualTo(from.host.id());
        assertThat(message.via()).isEqualTo(kuboId);
    }

    private static List<String> payloads() {
        return IntStream.range(0, MANY).mapToObj("%08x"::formatted).toList();
    }
}
