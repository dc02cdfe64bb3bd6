package io.pinfold.ipfsnode.dag;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class LinksTest {

    /** The empty raw block as an identity CID, and as a DAG-CBOR link. */
    private static final Cid NOTHING = Cid.v1(Multicodec.RAW, Multihash.identity(Bytes.EMPTY));
    private static final String LINK = "d82a450001550000";

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void dagPbLinksComeInOrderAndOnce() {
        PbNode node = new PbNode(List.of(link("a", 1), link("b", 2), link("c", 1), link("d", 3)), Optional.empty());
        assertLinks(Multicodec.DAG_PB, DagPb.encode(node), TestCids.cid(1), TestCids.cid(2), TestCids.cid(3));
    }

    @Test
    void dagCborLinksComeFromAnyDepth() {
        CborMap value = CborMap.builder()
                .put("b", TestCids.cid(2))
                .put("a", CborList.of(CborMap.builder().put("x", TestCids.cid(1)).put("y", 7).build()))
                .put("long name", "text")
                .build();
        assertLinks(Multicodec.DAG_CBOR, DagCbor.encode(value), TestCids.cid(1), TestCids.cid(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {LINK, "81" + LINK, "9f" + LINK + "ff", "bf6161" + LINK + "ff",
        "82fb7ff0000000000000" + LINK,
        "82f7" + LINK, "82c11a514b67b0" + LINK, "82c1c2c3" + LINK + "00",
        "981b" + LINK + "f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6",
        "9b0000000000000002" + LINK + LINK, "a26162" + "01" + "6161" + LINK, "a201" + LINK + "20" + LINK,
        "825f4100ff" + LINK, "827f6161ff" + LINK, "82f820" + LINK, "82f93c00" + LINK, "82fa7fc00000" + LINK,
        "82d82a58050001550000" + LINK, "82da0000002a450001550000" + LINK, "821bffffffffffffffff" + LINK})
    void foreignCborHasItsLinks(String hex) {
        assertLinks(Multicodec.DAG_CBOR, Bytes.fromHex(hex), NOTHING);
    }

    @ParameterizedTest
    @CsvSource({"'', TRUNCATED", "81, TRUNCATED", "9f, TRUNCATED", "ff, MALFORMED", "81ff, MALFORMED", "0000, TRAILING",
        "1c, MALFORMED", "1f, MALFORMED", "fc, MALFORMED", "df, MALFORMED", "19ff, TRUNCATED", "4261, TRUNCATED",
        "5bffffffffffffffff, TRUNCATED", "9bffffffffffffffff, TRUNCATED", "9b7fffffffffffffff, TRUNCATED",
        "bb7fffffffffffffff, TRUNCATED", "bb4000000000000000, TRUNCATED", "ba00000002010203, TRUNCATED",
        "d82a6161, MALFORMED", "d82a5f4100ff, MALFORMED", "d82a40, MALFORMED", "d82a4101, MALFORMED",
        "d82a4100, TRUNCATED", "d82a4601015500000000, MALFORMED", "d82a46000155000000, TRAILING",
        "d82a4400015500, TRUNCATED", "d82a4500025500ff, UNSUPPORTED", "d82a, TRUNCATED", "c1, TRUNCATED"})
    void badCborIsRefused(String hex, Kind kind) {
        assertRefused(of(Multicodec.DAG_CBOR, Bytes.fromHex(hex)), kind);
    }

    @Test
    void cborIsBounded() {
        assertRefused(of(Multicodec.DAG_CBOR, Bytes.fromHex("81".repeat(CborLinks.MAX_DEPTH + 1) + "00")),
                Kind.TOO_DEEP);
        assertLinks(Multicodec.DAG_CBOR, Bytes.fromHex("81".repeat(CborLinks.MAX_DEPTH) + LINK), NOTHING);
        assertRefused(of(Multicodec.DAG_CBOR, Bytes.fromHex("9f".repeat(1 << 20))), Kind.TOO_DEEP);
        assertRefused(of(Multicodec.DAG_CBOR, Bytes.fromHex("c1".repeat(1 << 20))), Kind.TRUNCATED);
        assertRefused(of(Multicodec.DAG_CBOR, Bytes.fromHex("9f" + LINK.repeat(Links.MAX_LINKS + 1) + "ff")),
                Kind.TOO_MANY);
        assertRefused(of(Multicodec.DAG_CBOR, Bytes.copyOf(new byte[Block.MAX_SIZE + 1])), Kind.TOO_LONG);
    }

    @Test
    void dagJsonLinksComeFromAnyDepth() {
        Cid v0 = Cid.v0(TestCids.cid(5).hash());
        String json = """
                {"a": {"/": "%s"}, "b": [{"/": {"bytes": "AA"}}, {"/": "%s"}], "/": 1, "c": "/",
                 "d": {"/": "no link", "x": {"/": "%s"}}, "e": {"x": 1, "/": "no link"}}
                """.formatted(TestCids.cid(1), v0, TestCids.cid(1));
        assertLinks(Multicodec.DAG_JSON, text(json), TestCids.cid(1), v0);
        assertLinks(Multicodec.DAG_JSON, text("{\"/\":\"" + NOTHING + "\"}"), NOTHING);
        assertLinks(Multicodec.DAG_JSON, text(" 7 "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"`` | TRUNCATED", "[ | MALFORMED",
        "{\"a\":1 | MALFORMED",
        "1 2 | TRAILING", "[] x | MALFORMED", "{\"/\":\"not a cid\"} | UNSUPPORTED", "{\"/\":\"bafk\"} | NOT_CANONICAL",
        "] | MALFORMED", "{1:2} | MALFORMED", "nul | MALFORMED", "\"open | MALFORMED"})
    void badJsonIsRefused(String json, Kind kind) {
        assertRefused(of(Multicodec.DAG_JSON, text(json)), kind);
    }

    @Test
    void jsonIsBounded() {
        int most = CborLinks.MAX_DEPTH;
        assertLinks(Multicodec.DAG_JSON, text("[".repeat(most) + "]".repeat(most)));
        assertRefused(of(Multicodec.DAG_JSON, text("[".repeat(most + 1) + "]".repeat(most + 1))), Kind.TOO_DEEP);
        assertRefused(of(Multicodec.DAG_JSON, text("[".repeat(1 << 20))), Kind.TOO_DEEP);
        String link = "{\"/\":\"" + NOTHING + "\"},";
        assertRefused(of(Multicodec.DAG_JSON, text("[" + link.repeat(Links.MAX_LINKS + 1) + "1]")), Kind.TOO_MANY);
        assertLinks(Multicodec.DAG_JSON, text("\"" + "x".repeat(1 << 20) + "\""));
        assertLinks(Multicodec.DAG_JSON, text("{\"" + "x".repeat(1 << 20) + "\":" + "9".repeat(10_000) + "}"));
    }

    @Test
    void leavesHaveNoneAndUnknownCodecsSaySo() {
        Bytes data = text("anything");
        for (long leaf : new long[]{Multicodec.RAW, Multicodec.LIBP2P_KEY, Multicodec.IDENTITY, Multicodec.CBOR,
            Multicodec.JSON}) {
            assertThat(of(leaf, data).orElseThrow()).isEqualTo(new Links(List.of(), false));
        }
        assertThat(of(0x78, data).orElseThrow()).isEqualTo(new Links(List.of(), true));
    }

    @Test
    void badDagPbIsRefused() {
        assertRefused(of(Multicodec.DAG_PB, Bytes.fromHex("1200")), Kind.MALFORMED);
        assertRefused(of(Multicodec.DAG_PB, Bytes.fromHex("0a05aabb")), Kind.TRUNCATED);
        assertRefused(of(Multicodec.DAG_PB, Bytes.copyOf(new byte[Block.MAX_SIZE + 1])), Kind.TOO_LONG);
    }

    @Test
    void damagedBlocksNeverThrow() {
        RandomGenerator random = seeds.generator();
        List<Bytes> good = List.of(
                DagCbor.encode(CborList.of(CborMap.builder().put("a", TestCids.cid(1)).put("b", "c").build())),
                text("[{\"a\": {\"/\": \"" + TestCids.cid(1) + "\"}, \"b\": [1, 2.5, null]}]"),
                DagPb.encode(new PbNode(IntStream.range(0, 5).mapToObj(i -> link("n" + i, i)).toList(),
                        Optional.of(text("data")))));
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = good.get(round % good.size()).toArray();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            Bytes cut = Bytes.copyOf(bad, 0, 1 + random.nextInt(bad.length));
            for (long codec : new long[]{Multicodec.DAG_CBOR, Multicodec.DAG_JSON, Multicodec.DAG_PB}) {
                assertThat(of(codec, cut)).as(seeds.toString()).isNotNull();
            }
        }
    }

    private static PbLink link(String name, int number) {
        return PbLink.of(name, TestCids.cid(number), 1);
    }

    private static Decoded<Links> of(long codec, Bytes data) {
        return Links.of(new Block(Cid.v1(codec, NOTHING.hash()), data));
    }

    private static void assertLinks(long codec, Bytes data, Cid... links) {
        assertThat(of(codec, data)).isEqualTo(Decoded.ok(new Links(List.of(links), false)));
    }

    private static Bytes text(String text) {
        return Bytes.copyOf(text.getBytes(UTF_8));
    }
}
