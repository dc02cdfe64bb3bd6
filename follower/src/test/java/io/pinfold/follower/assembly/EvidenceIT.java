package io.pinfold.follower.assembly;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.follower.view.Alert;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.trust.Equivocation;
import io.pinfold.trust.EvidenceFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two real peers, without IPFS nodes: what one knows of a key that signed twice, the other learns over RPC. */
class EvidenceIT {

    @TempDir
    private Path base = Path.of("");

    private final TestChains chains = new TestChains(1, 2);

    private Peer start(int key, List<Multiaddr> bootstrap) throws IOException {
        return new RealPeers(base, chains.genesis()).start(key, "ipfs://127.0.0.1:9", bootstrap);
    }

    @Test
    void evidence_spreads_from_peer_to_peer_and_survives_a_restart() throws IOException {
        SignedBlock one = TestChains.sign(chains.draft(null, 1, 3, List.of(), List.of(TestOps.pin(1))), 1);
        SignedBlock two = TestChains.sign(chains.draft(null, 1, 3, List.of(), List.of(TestOps.pin(2))), 1);
        Equivocation proof = Equivocation.of(TestKeys.peerId(1), 3, one.bytes(), two.bytes());
        assertThat(new EvidenceFolder(base.resolve("peer2").resolve("evidence")).add(proof)).isTrue();
        try (Peer knowing = start(2, List.of())) {
            assertThat(knowing.view().monitor().alerts()).anySatisfy(EvidenceIT::isTheAlert);
            try (Peer learning = start(5, RealPeers.addresses(knowing, 2))) {
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(
                                () -> assertThat(learning.view().monitor().alerts())
                                        .anySatisfy(EvidenceIT::isTheAlert));
            }
        }
        assertThat(new EvidenceFolder(base.resolve("peer5").resolve("evidence")).all()).containsExactly(proof);
    }

    private static void isTheAlert(Alert alert) {
        assertThat(alert.metric().name()).isEqualTo("equivocated");
        assertThat(alert.metric().value()).contains(TestKeys.peerId(1).toString(), "number 3");
    }
}
