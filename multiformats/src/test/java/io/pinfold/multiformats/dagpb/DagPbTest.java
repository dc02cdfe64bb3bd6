package io.pinfold.multiformats.dagpb;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.testing.TestCids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DagPbTest {

    private static final Cid EMPTY_FOLDER = Cid.parse("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn").orElseThrow();
    private static final Cid NOTHING = Cid.parse("bafkqaaa").orElseThrow();
    private static final String LINK = "0a0401550000";

    /** What {@code ipfs dag put --store-codec=dag-pb} of Kubo 0.43 makes of a node whose links are given unsorted. */
    @Test
    void aNodeThatKuboSorted() {
        PbNode given = new PbNode(List.of(PbLink.of("b", EMPTY_FOLDER, 300), PbLink.of("a", NOTHING, 0),
                new PbLink(NOTHING, Optional.empty(), OptionalLong.empty())), Optional.of(Bytes.EMPTY));
        Bytes block = Bytes.fromHex("12060a0401550000120b0a04015500001201611800"
                + "122a0a22122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef12016218ac020a00");

        assertThat(DagPb.encode(given)).isEqualTo(block);
        assertThat(Cid.v1(Multicodec.DAG_PB, Multihash.sha256(block)))
                .hasToString("bafybeibd6nnnnqv36kvlblsojtaqfem77otfv43vng5dcx47nqj3gu6gjq");
        assertThat(DagPb.decode(block).orElseThrow().links()).containsExactly(given.links().get(2),
                given.links().get(1),
                given.links().get(0));
    }

    /** What {@code ipfs add -r} of Kubo 0.43 makes of a folder with files {@code b} and {@code hello.txt}. */
    @Test
    void aFolderThatKuboMade() {
        Bytes block = Bytes.fromHex("12290a2212205910a635e5b44201ae883796c2c1c90d81049741c26f36aadc58e53a533a9415"
                + "120162180912310a2212207bb129136cd5c391f6a2401e5cb7317575dcf79352249536bea3a937aef9bd9c"
                + "120968656c6c6f2e747874180d0a020801");
        PbNode node = DagPb.decode(block).orElseThrow();

        assertThat(Cid.v0(Multihash.sha256(block))).hasToString("QmSTDb4jAN3bS89Fw9oiJ9HjH92ewA8Qjtm29NpBmHKWkq");
        assertThat(node.links().stream().map(PbLink::nameText)).containsExactly("b", "hello.txt");
        assertThat(node.links().getFirst().cid()).hasToString("QmULKig5Fxrs2sC4qt9nNduucXfb92AFYQ6Hi3YRqDmrYC");
        assertThat(node.links().getLast().size()).hasValue(13);
        assertThat(node.data()).contains(Bytes.fromHex("0801"));
        assertThat(DagPb.encode(node)).isEqualTo(block);
    }

    @Test
    void theEmptyBlockIsANode() {
        PbNode empty = new PbNode(List.of(), Optional.empty());

        assertThat(DagPb.encode(empty)).isEqualTo(Bytes.EMPTY);
        assertThat(DagPb.decode(Bytes.EMPTY)).isEqualTo(Decoded.ok(empty));
    }

    @Test
    void absentAndEmptyAreDifferent() {
        assertThat(DagPb.decode(Bytes.fromHex("0a00")).orElseThrow().data()).contains(Bytes.EMPTY);
        PbNode node = DagPb.decode(Bytes.fromHex("12060a0401550000120a0a040155000012001800")).orElseThrow();
        assertThat(node.links()).containsExactly(new PbLink(NOTHING, Optional.empty(), OptionalLong.empty()),
                PbLink.of("", NOTHING, 0));
    }

    @Test
    void dataMayComeFirstInOldBlocks() {
        PbNode node = DagPb.decode(Bytes.fromHex("0a01aa1206" + LINK)).orElseThrow();

        assertThat(DagPb.encode(node)).isEqualTo(Bytes.fromHex("1206" + LINK + "0a01aa"));
    }

    @Test
    void unsortedLinksAreKeptInTheirOrder() {
        Bytes unsorted = Bytes.fromHex("12090a0401550000120162" + "12090a0401550000120161");

        assertThat(DagPb.decode(unsorted).orElseThrow().links().stream().map(PbLink::nameText)).containsExactly("b",
                "a");
    }

    @Test
    void namesNeedNotBeUtf8() {
        PbLink latin1 = new PbLink(NOTHING, Optional.of(Bytes.fromHex("e4")), OptionalLong.of(1));
        PbNode node = new PbNode(List.of(latin1), Optional.empty());

        assertThat(DagPb.decode(DagPb.encode(node))).isEqualTo(Decoded.ok(node));
        assertThat(latin1.nameText()).isEqualTo("\ufffd");
    }

    @ParameterizedTest
    @CsvSource({"1200, MALFORMED", "12000a050001020304, MALFORMED", "12020a00, TRUNCATED", "12021200, MALFORMED",
        "120b1209736f6d65206e616d65, MALFORMED", "12021800, MALFORMED", "120318f207, MALFORMED",
        "1206" + LINK + "0a001206" + LINK + ", NOT_CANONICAL", "0a000a00, NOT_CANONICAL",
        "120a" + LINK + "18001200, NOT_CANONICAL", "120c" + LINK + LINK + ", NOT_CANONICAL",
        "120a" + LINK + "12001200, NOT_CANONICAL", "120a" + LINK + "18001800, NOT_CANONICAL",
        "1208" + LINK + "2000, MALFORMED", "1a00, MALFORMED", "0801, MALFORMED", "1001, MALFORMED",
        "0a05aabb, TRUNCATED", "1207" + LINK + ", TRUNCATED", "12070a050155000000, TRAILING",
        "0a8000, NOT_CANONICAL", "1209" + LINK + "188000, NOT_CANONICAL", "0affffffffffffffff7f, TOO_LONG",
        "1211" + LINK + "18ffffffffffffffffff01, OVERFLOW"})
    void badBlocksAreRefused(String hex, Kind kind) {
        assertRefused(DagPb.decode(Bytes.fromHex(hex)), kind);
    }

    @Test
    void sizesAreBounded() {
        assertRefused(DagPb.decode(Bytes.copyOf(new byte[DagPb.MAX_BYTES + 1])), Kind.TOO_LONG);
        assertRefused(DagPb.decode(Bytes.fromHex(("1206" + LINK).repeat(DagPb.MAX_LINKS + 1))), Kind.TOO_MANY);
        assertThat(DagPb.decode(Bytes.fromHex(("1206" + LINK).repeat(DagPb.MAX_LINKS))).orElseThrow().links())
                .hasSize(DagPb.MAX_LINKS);
        OptionalLong negative = OptionalLong.of(-1);
        assertThatThrownBy(() -> new PbLink(NOTHING, Optional.empty(), negative))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sortedNodesSurviveAndDamagedOnesNeverThrow() {
        long seed = 70;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<PbLink> links = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                links.add(PbLink.of("n".repeat(random.nextInt(3)) + random.nextInt(20), TestCids.cid(random.nextInt()),
                        random.nextLong() >>> 1));
            }
            PbNode node = new PbNode(links,
                    random.nextBoolean() ? Optional.empty() : Optional.of(TestCids.block(round)));
            Bytes block = DagPb.encode(node);
            PbNode sorted = DagPb.decode(block).orElseThrow();
            assertThat(sorted.links()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(links);
            assertThat(sorted.links().stream().map(PbLink::nameText).toList()).as("seed %d", seed).isSorted();
            assertThat(DagPb.encode(sorted)).as("seed %d", seed).isEqualTo(block);
            byte[] damaged = block.toArray();
            for (int i = 0; i < 20 && damaged.length > 0; i++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                assertThat(DagPb.decode(Bytes.copyOf(damaged))).isNotNull();
                assertThat(DagPb.decode(block.slice(0, random.nextInt(block.size())))).isNotNull();
            }
        }
    }
}
