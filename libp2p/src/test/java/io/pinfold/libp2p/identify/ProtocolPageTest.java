package io.pinfold.libp2p.identify;

import io.pinfold.libp2p.record.SignedPeerRecord;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.key.PublicKey;
import io.pinfold.multiformats.testing.PageTables;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The vectors of identify in docs/protocol/libp2p.md. */
class ProtocolPageTest {

    static List<List<String>> others() {
        return PageTables.rows(Path.of("..", "docs", "protocol", "libp2p.md"), "Vectors: identify of others");
    }

    @ParameterizedTest
    @MethodSource("others")
    void messageOfAnother(List<String> row) {
        IdentifyMessage message = IdentifyMessage.decode(Bytes.fromHex(row.get(2))).orElseThrow();
        assertThat(message.agentVersion()).contains(row.get(1));
        assertThat(message.protocols()).contains("/ipfs/id/1.0.0", "/ipfs/ping/1.0.0", "/meshsub/1.1.0");
        assertThat(message.observedAddress()).isPresent();
        PublicKey key = PublicKey.decode(message.publicKey().orElseThrow()).orElseThrow();
        SignedPeerRecord record = SignedPeerRecord.decode(message.signedPeerRecord().orElseThrow()).orElseThrow();
        assertThat(record.peer()).isEqualTo(key.peerId());
        assertThat(record.addresses()).isEqualTo(message.listenAddresses());
    }
}
