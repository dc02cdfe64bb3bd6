package io.pinfold.libp2p.record;

import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.testing.PageTables;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The vectors of peer records in docs/protocol/libp2p.md. */
class ProtocolPageTest {

    private static final List<Multiaddr> ADDRESSES = List.of(
            Multiaddr.parse("/ip4/192.0.2.1/tcp/9096").orElseThrow(),
            Multiaddr.parse("/ip6/2001:db8::1/tcp/9096").orElseThrow());

    static List<List<String>> records() {
        return PageTables.rows(Path.of("..", "docs", "protocol", "libp2p.md"), "Vectors: peer records");
    }

    static List<List<String>> recordsOfOthers() {
        return PageTables.rows(Path.of("..", "docs", "protocol", "libp2p.md"), "Vectors: peer records of others");
    }

    @ParameterizedTest
    @MethodSource("records")
    void record(List<String> row) {
        Bytes envelope = Bytes.fromHex(row.get(2));
        SignedPeerRecord record = SignedPeerRecord.decode(envelope).orElseThrow();
        assertThat(record.peer()).hasToString(row.get(0));
        assertThat(record.sequence()).isEqualTo(Long.parseLong(row.get(1)));
        assertThat(record.addresses()).isEqualTo(ADDRESSES);
        assertThat(SignedPeerRecord.sign(SimNetwork.keyOf(1), record.sequence(), ADDRESSES).envelope())
                .isEqualTo(envelope);
    }

    @ParameterizedTest
    @MethodSource("recordsOfOthers")
    void recordOfAnother(List<String> row) {
        SignedPeerRecord record = SignedPeerRecord.decode(Bytes.fromHex(row.get(4))).orElseThrow();
        assertThat(record.peer()).hasToString(row.get(1));
        assertThat(record.sequence()).isEqualTo(Long.parseLong(row.get(2)));
        assertThat(record.addresses()).hasToString("[" + row.get(3) + "]");
    }
}
