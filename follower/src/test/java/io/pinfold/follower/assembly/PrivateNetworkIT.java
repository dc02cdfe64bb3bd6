package io.pinfold.follower.assembly;

import io.pinfold.chain.testing.TestChains;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfsnode.node.EmbeddedNode;
import io.pinfold.libp2p.pnet.PreSharedKey;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.KuboNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Peers with a {@code swarm.key} in their folders, and a Kubo node with the same in its repository. */
class PrivateNetworkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = new PreSharedKey(Bytes.fromHex("42".repeat(PreSharedKey.SIZE))).toFile();
    private static final String OTHER = new PreSharedKey(Bytes.fromHex("43".repeat(PreSharedKey.SIZE))).toFile();

    @TempDir
    private Path base = Path.of("");

    private RealPeers peers() {
        return new RealPeers(base, new TestChains(1).genesis());
    }

    private Peer start(int key, Optional<String> network, List<Multiaddr> bootstrap) throws IOException {
        if (network.isPresent()) {
            Files.writeString(Files.createDirectories(peers().folder(key)).resolve("swarm.key"), network.get());
        }
        return peers().start(key, EmbeddedNode.NAME, bootstrap);
    }

    @Test
    void only_who_has_the_key_is_in_the_cluster_and_has_its_content() throws IOException {
        try (KuboNode kubo = KuboNode.start(
                new KuboNode.Setup(Map.of("/AutoConf/Enabled", false), List.of(), Map.of("swarm.key", KEY)));
                Peer founder = start(1, Optional.of(KEY), List.of())) {
            List<Multiaddr> there = RealPeers.addresses(founder, 1);
            try (Peer member = start(5, Optional.of(KEY), there);
                    Peer stranger = start(6, Optional.empty(), there);
                    Peer wrong = start(7, Optional.of(OTHER), there)) {
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(RealPeers.known(founder)).contains(TestKeys.peerId(5)));
                assertThat(connect(stranger, there.getFirst())).isInstanceOf(Answer.Failed.class);
                assertThat(connect(wrong, there.getFirst())).isInstanceOf(Answer.Failed.class);
                assertThat(RealPeers.known(founder)).containsExactlyInAnyOrder(TestKeys.peerId(1), TestKeys.peerId(5));

                Path file = Files.writeString(base.resolve("film.txt"), "content");
                Cid root = Cid.parse(kubo.cli("add", "--quieter", "--cid-version=1", file.toString())).orElseThrow();
                assertThat(connect(member, Multiaddr.parse(kubo.swarmAddresses().getFirst()).orElseThrow()))
                        .isInstanceOf(Answer.Got.class);
                assertThat(node(member).pin(new PinRequest(root, new PinDepth.Recursive(), "test", Optional.empty(),
                        List.of(), PATIENCE), (_, _) -> {})).isEqualTo(new PinOutcome.Pinned());
            }
        }
    }

    @Test
    void a_file_that_is_no_key_is_told_of_and_nothing_starts() throws IOException {
        Files.writeString(Files.createDirectories(peers().folder(1)).resolve("swarm.key"), "/key/swarm/psk/2.0.0/\n");
        assertThat(peers().tryToStart(1, EmbeddedNode.NAME, List.of())).isInstanceOfSatisfying(
                PeerStart.Unusable.class,
                refused -> assertThat(refused.sentence()).contains("swarm.key", "cannot be used",
                        "/key/swarm/psk/1.0.0/"));
    }

    private static IpfsNode node(Peer peer) {
        return peer.inside().orElseThrow().node();
    }

    private static Answer<PeerId> connect(Peer peer, Multiaddr address) {
        return node(peer).connect(address, Duration.ofSeconds(5));
    }
}
