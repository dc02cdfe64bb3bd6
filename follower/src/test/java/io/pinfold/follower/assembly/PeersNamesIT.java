package io.pinfold.follower.assembly;

import io.pinfold.chain.testing.TestChains;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfsnode.node.EmbeddedNode;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Three real peers with IPFS nodes of their own: a trusted peer's name is known to the cluster when that peer is away. */
class PeersNamesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Cid TARGET = Cid.raw(Bytes.fromHex("cafe"));

    @TempDir
    private Path base = Path.of("");

    private RealPeers peers() {
        return new RealPeers(base, new TestChains(1).genesis());
    }

    @Test
    void a_name_outlives_the_absence_of_the_trusted_peer_that_published_it() throws IOException {
        try (Peer follower = peers().start(5, EmbeddedNode.NAME, List.of())) {
            String name;
            try (Peer trusted = peers().start(1, EmbeddedNode.NAME, RealPeers.addresses(follower, 5))) {
                connected(trusted, 1, follower, 5);
                name = publish(trusted);
                assertThat(inside(follower).record(id(name))).as("handed over").isPresent();
            }
            try (Peer newcomer = peers().start(6, EmbeddedNode.NAME, RealPeers.addresses(follower, 5))) {
                connected(newcomer, 6, follower, 5);
                assertThat(inside(newcomer).node().resolve("/ipns/" + name, PATIENCE))
                        .isEqualTo(new Answer.Got<>(TARGET));

                String own = publish(newcomer);
                assertThat(inside(follower).record(id(own))).as("of a peer that is not trusted").isEmpty();
                assertThat(inside(follower).node().resolve("/ipns/" + own, PATIENCE)).as("asked for")
                        .isEqualTo(new Answer.Got<>(TARGET));
            }
        }
    }

    private static NodeView inside(Peer peer) {
        return peer.inside().orElseThrow();
    }

    private static String publish(Peer peer) {
        Answer<String> published = inside(peer).node().publishName("news", TARGET, Duration.ofDays(1));
        assertThat(published).isInstanceOf(Answer.Got.class);
        return ((Answer.Got<String>) published).value();
    }

    private static PeerId id(String name) {
        return PeerId.parse(name).orElseThrow();
    }

    /** Waits until both have heard of the other as a peer of the cluster. */
    private static void connected(Peer one, int first, Peer other, int second) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(RealPeers.known(one)).contains(TestKeys.peerId(second));
            assertThat(RealPeers.known(other)).contains(TestKeys.peerId(first));
        });
    }
}
