package io.pinfold.follower.assembly;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.follower.config.ConfigLoader;
import io.pinfold.follower.config.ConfigResult;
import io.pinfold.follower.config.ConfigSources;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.follower.config.Schema;
import io.pinfold.follower.view.Alert;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.trust.Equivocation;
import io.pinfold.trust.EvidenceFolder;
import io.pinfold.trust.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two real peers, without IPFS nodes: what one knows of a key that signed twice, the other learns over RPC. */
class EvidenceIT {

    @TempDir
    private Path base = Path.of("");

    private final TestChains chains = new TestChains(1, 2);

    private PeerStart.Started start(int key, List<Multiaddr> bootstrap) throws IOException {
        Path folder = Files.createDirectories(base.resolve("peer" + key));
        var sources = new ConfigSources(Map.of(), folder.resolve("service.json"), Map.of(),
                List.of("cluster.listen=/ip4/127.0.0.1/tcp/0", "pinning.backends=ipfs://127.0.0.1:9"));
        assertThat(new ConfigLoader(new Schema("host" + key)).load(sources)).isInstanceOf(ConfigResult.Loaded.class);
        PeerConfig config = ((ConfigResult.Loaded) new ConfigLoader(new Schema("host" + key)).load(sources)).config();
        PeerStart start = Peer.start(new PeerSetup(folder, new Identity(TestKeys.key(key)), chains.genesis(), bootstrap,
                List.of(), config, "test"));
        assertThat(start).isInstanceOf(PeerStart.Started.class);
        return (PeerStart.Started) start;
    }

    @Test
    void evidence_spreads_from_peer_to_peer_and_survives_a_restart() throws IOException {
        SignedBlock one = TestChains.sign(chains.draft(null, 1, 3, List.of(), List.of(TestOps.pin(1))), 1);
        SignedBlock two = TestChains.sign(chains.draft(null, 1, 3, List.of(), List.of(TestOps.pin(2))), 1);
        Equivocation proof = Equivocation.of(TestKeys.peerId(1), 3, one.bytes(), two.bytes());
        assertThat(new EvidenceFolder(base.resolve("peer2").resolve("evidence")).add(proof)).isTrue();
        try (Peer knowing = start(2, List.of()).peer()) {
            assertThat(knowing.monitor().alerts()).anySatisfy(EvidenceIT::isTheAlert);
            List<Multiaddr> there = knowing.listenAddresses()
                    .stream()
                    .map(address -> address.withoutPeer().withPeer(TestKeys.peerId(2)))
                    .toList();
            try (Peer learning = start(5, there).peer()) {
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(
                                () -> assertThat(learning.monitor().alerts()).anySatisfy(EvidenceIT::isTheAlert));
            }
        }
        assertThat(new EvidenceFolder(base.resolve("peer5").resolve("evidence")).all()).containsExactly(proof);
    }

    private static void isTheAlert(Alert alert) {
        assertThat(alert.metric().name()).isEqualTo("equivocated");
        assertThat(alert.metric().value()).contains(TestKeys.peerId(1).toString(), "number 3");
    }
}
