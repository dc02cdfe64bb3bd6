package io.pinfold.libp2p.interop;

import io.pinfold.libp2p.host.TestHosts;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.gossip.GossipConfig;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import static io.pinfold.libp2p.host.TestHosts.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/** Our GossipSub and the one of js-libp2p. */
class JsPubSubIT extends JsFixture {

    private static final int MANY = 300;

    private final TestHosts hosts = new TestHosts();
    private final List<Member> members = new ArrayList<>();
    private String topic = "";

    @BeforeEach
    void subscribe(TestInfo test) {
        topic = test.getDisplayName();
        js.subscribe(topic);
    }

    @AfterEach
    void close() {
        members.forEach(Member::close);
        hosts.close();
    }

    @Test
    void everyMessageReachesTheOtherSideOnce() throws Exception {
        Member member = member();
        payloads().forEach(member::publish);
        member.publish("ff");
        assertThat(jsHears(MANY)).containsExactlyInAnyOrderElementsOf(payloads());
        assertThat(jsHears(1)).containsExactly("ff");
        payloads().forEach(this::jsPublishes);
        jsPublishes("fe");
        assertThat(hears(member, MANY, jsId)).containsExactlyInAnyOrderElementsOf(payloads());
        assertThat(hears(member, 1, jsId)).containsExactly("fe");
    }

    /** Two of ours that know each other through js only. */
    @Test
    void jsPassesOnWhatEitherOfUsSays() throws Exception {
        Member one = member();
        Member other = member();
        payloads().forEach(one::publish);
        assertThat(hears(other, MANY, one.host.id())).containsExactlyInAnyOrderElementsOf(payloads());
        payloads().forEach(other::publish);
        assertThat(hears(one, MANY, other.host.id())).containsExactlyInAnyOrderElementsOf(payloads());
        assertThat(jsHears(2 * MANY)).hasSize(2 * MANY);
    }

    @Test
    void subscriptionsAreFollowedOnBothSides() throws Exception {
        Member member = member();
        awaitKnownToJs(member, true);
        js.call("unsubscribe", Map.of("topic", topic));
        member.awaitSubscribed(jsId, false);
        assertThat(member.gossip.mesh(topic)).isEmpty();
        js.subscribe(topic);
        member.awaitSubscribed(jsId, true);
        member.publish("01");
        assertThat(jsHears(1)).containsExactly("01");
        member.leave();
        awaitKnownToJs(member, false);
        jsPublishes("02");
        member.rejoin();
        awaitKnownToJs(member, true);
        jsPublishes("03");
        assertThat(member.next().data().toHex()).isEqualTo("03");
    }

    @Test
    void messagesOfTheGreatestLengthPass() throws Exception {
        Member member = member();
        String largest = "5a".repeat(GossipConfig.DEFAULT.maxMessage());
        member.publish(largest);
        assertThat(jsHears(1)).containsExactly(largest);
        String other = "a5".repeat(GossipConfig.DEFAULT.maxMessage());
        jsPublishes(other);
        assertThat(hears(member, 1, jsId)).containsExactly(other);
    }

    private Member member() throws Exception {
        Member member = new Member(hosts, topic);
        members.add(member);
        member.connect(jsId, jsAddresses);
        return member;
    }

    private void jsPublishes(String hex) {
        js.publish(topic, HexFormat.of().parseHex(hex));
    }

    private List<String> jsHears(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> HexFormat.of().formatHex(js.awaitMessage(topic, PATIENCE)))
                .toList();
    }

    private void awaitKnownToJs(Member member, boolean known) {
        TestHosts.await(() -> js.call("topic", Map.of("topic", topic))
                .path("subscribers")
                .valueStream()
                .anyMatch(peer -> peer.asString().equals(member.host.id().toString())) == known,
                () -> "js has " + js.call("topic", Map.of("topic", topic)));
    }

    private static List<String> hears(Member member, int count, PeerId author) throws InterruptedException {
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message message = member.next();
            assertThat(message.author()).isEqualTo(author);
            assertThat(message.via()).isEqualTo(jsId);
            payloads.add(message.data().toHex());
        }
        return payloads;
    }

    private static List<String> payloads() {
        return IntStream.range(0, MANY).mapToObj("%08x"::formatted).toList();
    }
}
