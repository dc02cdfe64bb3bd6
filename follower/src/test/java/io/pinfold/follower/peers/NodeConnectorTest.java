package io.pinfold.follower.peers;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.Host;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose claims about IPFS nodes are dialled, and how often. */
class NodeConnectorTest {

    private static final PeerId TRUSTED = TestKeys.peerId(1);
    private static final PeerId STRANGER = TestKeys.peerId(2);
    private static final PeerId NODE = TestKeys.peerId(3);

    private final ManualClock clock = new ManualClock();
    private final BlockingQueue<String> dialled = new LinkedBlockingQueue<>();
    private volatile boolean reachable = true;
    private final NodeConnector connector = new NodeConnector(fake(IpfsNode.class, this::dial),
            fake(Host.class, _ -> List.of(new ConnectionInfo(STRANGER, address("/ip4/192.0.2.7/tcp/9096"), false,
                    clock.instant()))),
            TRUSTED::equals, clock);

    private Object dial(Object[] arguments) {
        dialled.add(arguments[0].toString());
        return reachable
                ? new Answer.Got<>(NODE)
                : new Answer.Failed<PeerId>(new BackendFailure(BackendFailure.Kind.REFUSED, "made up"));
    }

    @AfterEach
    void close() {
        connector.close();
    }

    @Test
    void aTrustedPeersClaimIsBelievedAndTheNodeIsNamedByItsKey() throws InterruptedException {
        connector.card(TRUSTED, card("/ip4/198.51.100.1/tcp/4001"));
        assertThat(next()).isEqualTo("/ip4/198.51.100.1/tcp/4001/p2p/" + NODE);
    }

    @Test
    void aStrangerCannotPointOurNodeAtAThirdParty() throws InterruptedException {
        connector.card(STRANGER, card("/ip4/198.51.100.1/tcp/4001", "/dns4/victim.example/tcp/4001",
                "/ip4/192.0.2.7/tcp/4001"));
        assertThat(next()).isEqualTo("/ip4/192.0.2.7/tcp/4001/p2p/" + NODE);
        connector.close();
        assertThat(dialled).isEmpty();
    }

    @Test
    void aNodeIsDialledAgainAfterTheClockWasSetBack() throws InterruptedException {
        connector.card(TRUSTED, card("/ip4/198.51.100.1/tcp/4001"));
        next();
        clock.advance(Duration.ofDays(-3653));
        connector.card(TRUSTED, card("/ip4/198.51.100.1/tcp/4001"));
        clock.advance(NodeConnector.RETRY);
        connector.card(TRUSTED, card("/ip4/198.51.100.2/tcp/4001"));
        assertThat(next()).isEqualTo("/ip4/198.51.100.2/tcp/4001/p2p/" + NODE);
    }

    @Test
    void onlySoManyAddressesAreTriedAndTheNextCardTriesAgain() throws InterruptedException {
        reachable = false;
        String[] many = new String[20];
        for (int i = 0; i < many.length; i++) {
            many[i] = "/ip4/198.51.100." + i + "/tcp/4001";
        }
        connector.card(TRUSTED, card(many));
        List<String> tried = new ArrayList<>();
        for (int i = 0; i < NodeConnector.MAX_DIALS; i++) {
            tried.add(next());
        }
        assertThat(tried).doesNotHaveDuplicates();
        connector.close();
        assertThat(dialled).isEmpty();
    }

    @Test
    void aNodeThatWasReachedIsDialledAgainLater() throws InterruptedException {
        connector.card(TRUSTED, card("/ip4/198.51.100.1/tcp/4001"));
        next();
        connector.card(TRUSTED, card("/ip4/198.51.100.1/tcp/4001"));
        clock.advance(NodeConnector.RETRY.minus(Duration.ofSeconds(1)));
        connector.card(TRUSTED, card("/ip4/198.51.100.1/tcp/4001"));
        assertThat(dialled).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        connector.card(TRUSTED, card("/ip4/198.51.100.1/tcp/4001"));
        assertThat(next()).contains("198.51.100.1");
    }

    @Test
    void aPeerWithoutANodeIsNoTrouble() {
        connector.card(TRUSTED, new PeerCard(TestCids.cid(1), "peer", "1", List.of(), Optional.empty()));
        connector.card(TRUSTED, card());
        connector.close();
        assertThat(dialled).isEmpty();
    }

    private String next() throws InterruptedException {
        String dialledNow = dialled.poll(10, TimeUnit.SECONDS);
        assertThat(dialledNow).isNotNull();
        return String.valueOf(dialledNow);
    }

    private static PeerCard card(String... addresses) {
        return new PeerCard(TestCids.cid(1), "peer", "1", List.of(), Optional.of(new NodeCard(NODE,
                List.of(addresses).stream().map(NodeConnectorTest::address).toList())));
    }

    private static Multiaddr address(String text) {
        return Multiaddr.parse(text).orElseThrow();
    }

    private interface Call {
        Object answer(Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (_, _, arguments) -> call.answer(arguments)));
    }
}
