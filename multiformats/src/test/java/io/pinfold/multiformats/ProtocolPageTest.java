package io.pinfold.multiformats;

import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.testing.PageTables;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/** The tables of vectors in docs/protocol/multiformats.md, row by row; those of Ed25519 are in Ed25519VectorsTest. */
class ProtocolPageTest {

    private static final Path PAGE = Path.of("..", "docs", "protocol", "multiformats.md");
    private static final CborLimits LIMITS = new CborLimits(1000, 16, 1000);

    static List<List<String>> varints() {
        return PageTables.rows(PAGE, "Vectors: varint");
    }

    @ParameterizedTest
    @MethodSource("varints")
    void varint(List<String> row) {
        assertThat(Bytes.copyOf(Varint.encode(Long.parseLong(row.get(0))))).isEqualTo(Bytes.fromHex(row.get(1)));
    }

    static List<List<String>> cids() {
        return PageTables.rows(PAGE, "Vectors: CID");
    }

    @ParameterizedTest
    @MethodSource("cids")
    void cid(List<String> row) {
        assertThat(Cid.parse(row.get(0)).orElseThrow().toBytes()).isEqualTo(Bytes.fromHex(row.get(1)));
        assertThat(Cid.decode(Bytes.fromHex(row.get(1))).orElseThrow()).hasToString(row.get(0));
    }

    static List<List<String>> peerIds() {
        return PageTables.rows(PAGE, "Vectors: peer ids");
    }

    @ParameterizedTest
    @MethodSource("peerIds")
    void peerId(List<String> row) {
        for (String spelling : row) {
            PeerId peer = PeerId.parse(spelling).orElseThrow();
            assertThat(List.of(peer.toString(), peer.toCid().toString(Multibase.BASE36), peer.toCid().toString()))
                    .isEqualTo(row);
        }
    }

    static List<List<String>> keys() {
        return PageTables.rows(PAGE, "Vectors: keys");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void key(List<String> row) {
        PrivateKey key = PrivateKey.decode(Bytes.fromHex(row.get(0))).orElseThrow();
        assertThat(key.toBytes().toHex()).isEqualTo(row.get(0));
        assertThat(key.publicKey().toBytes().toHex()).isEqualTo(row.get(1));
    }

    static List<List<String>> multiaddrs() {
        return PageTables.rows(PAGE, "Vectors: multiaddr");
    }

    @ParameterizedTest
    @MethodSource("multiaddrs")
    void multiaddr(List<String> row) {
        assertThat(Multiaddr.parse(row.get(0)).orElseThrow().toBytes()).isEqualTo(Bytes.fromHex(row.get(1)));
        assertThat(Multiaddr.decode(Bytes.fromHex(row.get(1))).orElseThrow()).hasToString(row.get(0));
    }

    static List<List<String>> acceptedCbor() {
        return PageTables.rows(PAGE, "Vectors: DAG-CBOR, accepted");
    }

    @ParameterizedTest
    @MethodSource("acceptedCbor")
    void acceptedDagCbor(List<String> row) {
        Bytes block = Bytes.fromHex(row.get(1));
        assertThat(DagCbor.encode(DagCbor.decode(block, LIMITS).orElseThrow())).isEqualTo(block);
        assertThat(Cid.dagCbor(block)).hasToString(row.get(2));
    }

    static List<List<String>> refusedCbor() {
        return PageTables.rows(PAGE, "Vectors: DAG-CBOR, refused");
    }

    @ParameterizedTest
    @MethodSource("refusedCbor")
    void refusedDagCbor(List<String> row) {
        assertRefused(DagCbor.decode(Bytes.fromHex(row.get(0)), LIMITS), Refusal.Kind.valueOf(row.get(1)));
    }

    static List<List<String>> nodes() {
        return PageTables.rows(PAGE, "Vectors: DAG-PB");
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void dagPb(List<String> row) {
        Bytes block = Bytes.fromHex(row.get(0));
        assertThat(DagPb.encode(DagPb.decode(block).orElseThrow())).isEqualTo(block);
        assertThat(Cid.v1(Multicodec.DAG_PB, Multihash.sha256(block))).hasToString(row.get(1));
    }
}
