package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.cbor.CborValue.CborBool;
import io.pinfold.multiformats.cbor.CborValue.CborFloat;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborNull;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import io.pinfold.multiformats.testing.Attacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/** DAG-CBOR against bytes that others wrote. */
class DagCborVectorsTest {

    private static final CborLimits LIMITS = new CborLimits(1000, 16, 1000);

    /** Made by {@code ipfs dag put --input-codec=dag-json --store-codec=dag-cbor} of Kubo 0.43. */
    @Test
    void integersAndKeysAsKuboWritesThem() {
        CborList numbers = CborList.of(number(1), number(-1), number(24), number(-25), number(255), number(256),
                number(65535), number(65536), number(0xffffffffL), number(0x100000000L), number(Long.MAX_VALUE),
                number(Long.MIN_VALUE));
        CborMap map = CborMap.builder()
                .put("b", 1)
                .put("a", numbers)
                .put("aa", new CborNull())
                .put("é", true)
                .put("", false)
                .build();

        assertEncodes(map, "a560f461618c01201818381818ff19010019ffff1a000100001affffffff1b0000000100000000"
                + "1b7fffffffffffffff3b7fffffffffffffff616201626161f662c3a9f5",
                "bafyreih2ab32uah6ax7x3oria64mms77bp2ekemmz3nwfdc4tlojldbbwi");
    }

    /** Made by the same command. */
    @Test
    void linksBytesAndTextAsKuboWritesThem() {
        CborMap map = CborMap.builder()
                .put("link", Cid.parse("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn").orElseThrow())
                .put("v1", Cid.parse("bafkreiac6nxkxpw6u3vhkznndjp7acqk4byfvnqr7vtd6hszxmx7gnhf3i").orElseThrow())
                .put("bytes", Bytes.fromHex("0001ff"))
                .put("text", "水𐅑")
                .build();

        assertEncodes(map,
                "a4627631d82a5825000155122002f36eabbedea6ea7565ad1a5ff00a0ae0705ab611fd663f1e59bb2ff334e5da"
                        + "646c696e6bd82a582300122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef"
                        + "647465787467e6b0b4f0908591656279746573430001ff",
                "bafyreif5tkjnnekt2jqfvcfkzzgbtoh3wr2pwdc4uefjlvrdzq6ltkfey4");
    }

    /** Made by the same command. */
    @Test
    void floatsAndEmptyValuesAsKuboWritesThem() {
        assertEncodes(CborList.of(new CborFloat(1.5), new CborFloat(-0.25), new CborFloat(1e300)),
                "83fb3ff8000000000000fbbfd0000000000000fb7e37e43c8800759c",
                "bafyreibaau3jkcnor7aubicudclwvuls3hiq76bxgksnd7y77l4csbul5q");
        assertEncodes(CborMap.builder().build(), "a0", "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua");
        assertEncodes(CborList.of(), "80", "bafyreidwx2fvfdiaox32v2mnn6sxu3j4qoxeqcuenhtgrv5qv6litfnmoe");
        assertEncodes(new CborText(""), "60", "bafyreiengp2sbi6ez34a2jctv34bwyjl7yoliteleaswgcwtqzrhmpyt2m");
        assertEncodes(CborList.of(CborList.of(CborList.of(CborList.of()))), "81818180",
                "bafyreihe5xc2wlsq6y2mbh22py3qg3rjklosoj464buohs2ketjsn2uzt4");
    }

    /** Values of the IPLD codec fixtures, known by the CIDs of their blocks. */
    @Test
    void theCodecFixturesHaveTheirCids() {
        assertThat(Cid.dagCbor(DagCbor.encode(CborList.of(number(2)))))
                .hasToString("bafyreihdb57fdysx5h35urvxz64ros7zvywshber7id6t6c6fek37jgyfe");
        assertThat(Cid.dagCbor(DagCbor.encode(CborList.of(number(3), number(4), number(5), number(6)))))
                .hasToString("bafyreid7y3kwce6omkwi4ziyisf5v2niknzjwab2ofigddwm3bq4xlnovy");
        assertThat(Cid.dagCbor(DagCbor.encode(CborList.of(number(9007199254740991L)))))
                .hasToString("bafyreifjs6kz3aq24pywi7mdrizazmzdsvu3jtd7uut64lvj3mblk2byaa");
        assertThat(Cid.dagCbor(DagCbor.encode(new CborBool(false))))
                .hasToString("bafyreibac77tiyjzkzzkucve6zejj7jpswslcihcnehisulfnv423qxo2i");
        assertThat(Cid.dagCbor(DagCbor.encode(new CborFloat(-0.5))))
                .hasToString("bafyreidgf3tgrdkimspjianeb4i2ilrhwrd72drroivhom32cegkxisoay");
        assertThat(Cid.dagCbor(DagCbor.encode(new CborText("水"))))
                .hasToString("bafyreib4565nbj4j6mklcrwjqgdv3uw4i6fr5dqb4dpqcqtsgrzeyg7hmm");
        assertThat(Cid.dagCbor(DagCbor.encode(new CborText("𐅑"))))
                .hasToString("bafyreihgpl6u5kyypvntwaijdv7wxeiuugo6ruujt652eigmp27zarclam");
    }

    /** Valid CBOR of RFC 8949, appendix A, that DAG-CBOR does not have, and the classes of bad input that we know. */
    @ParameterizedTest
    @CsvSource({
        // numbers
        "1bffffffffffffffff, OVERFLOW", "1b8000000000000000, OVERFLOW", "3bffffffffffffffff, OVERFLOW",
        "c249010000000000000000, UNSUPPORTED", "1800, NOT_CANONICAL", "1817, NOT_CANONICAL",
        "1900ff, NOT_CANONICAL", "1a0000ffff, NOT_CANONICAL", "1b00000000ffffffff, NOT_CANONICAL",
        "3817, NOT_CANONICAL", "1c, MALFORMED", "1f, NOT_CANONICAL", "3f, NOT_CANONICAL", "19ff, TRUNCATED",
        // floats
        "f90000, NOT_CANONICAL", "f93e00, NOT_CANONICAL", "fa47c35000, NOT_CANONICAL", "f97c00, NOT_CANONICAL",
        "f97e00, NOT_CANONICAL", "fb7ff0000000000000, UNSUPPORTED", "fbfff0000000000000, UNSUPPORTED",
        "fb7ff8000000000000, UNSUPPORTED", "fb7ff0000000000001, UNSUPPORTED", "fb3ff8, TRUNCATED",
        // simple values
        "f7, UNSUPPORTED", "f0, UNSUPPORTED", "f8ff, UNSUPPORTED", "f814, UNSUPPORTED", "fc, UNSUPPORTED",
        "ff, MALFORMED", "e0, UNSUPPORTED",
        // strings
        "5f42010243030405ff, NOT_CANONICAL", "7f657374726561646d696e67ff, NOT_CANONICAL", "43aabb, TRUNCATED",
        "5bffffffffffffffff00, TRUNCATED", "7b7fffffffffffffff61, TRUNCATED", "5a7fffffff00, TRUNCATED",
        "580100, NOT_CANONICAL", "780161, NOT_CANONICAL", "7c, MALFORMED",
        // UTF-8: cut short, alone, overlong, surrogate, above U+10FFFF
        "61c3, MALFORMED", "6180, MALFORMED", "62c080, MALFORMED", "63e08080, MALFORMED", "63eda080, MALFORMED",
        "64f4908080, MALFORMED", "61ff, MALFORMED", "a161c300, MALFORMED",
        // lists and maps
        "9fff, NOT_CANONICAL", "9f01ff, NOT_CANONICAL", "8201, TRUNCATED", "9bffffffffffffffff, TRUNCATED",
        "9a00010000, TRUNCATED", "980100, NOT_CANONICAL", "bf61610161629f0203ffff, NOT_CANONICAL",
        "a1, TRUNCATED", "a16161, TRUNCATED", "bbffffffffffffffff, TRUNCATED", "ba7fffffff, TRUNCATED",
        "a10102, WRONG_TYPE", "a1416101, WRONG_TYPE", "a1f601, WRONG_TYPE", "a1d82a4000, WRONG_TYPE",
        "a2616201616102, NOT_CANONICAL", "a2626161016162a0, NOT_CANONICAL", "a2616101616102, NOT_CANONICAL",
        "a3636261720363666f6f0163666f6f02, NOT_CANONICAL", "b8016161f6, NOT_CANONICAL",
        // links
        "c074323031332d30332d32315432303a30343a30305a, UNSUPPORTED", "d9d9f700, UNSUPPORTED",
        "d9002a4100, NOT_CANONICAL",
        "db000000000000002a4100, NOT_CANONICAL", "dbffffffffffffffff00, UNSUPPORTED", "d82a6100, WRONG_TYPE",
        "d82a00, WRONG_TYPE", "d82a40, MALFORMED", "d82a4100, TRUNCATED", "d82a4401550000, MALFORMED",
        "d82a450155000000, MALFORMED", "d82a46000155000000, TRAILING", "d82a450002550000, UNSUPPORTED",
        "d82a450001550001, TRUNCATED", "d82a5f4500015500 00ff, NOT_CANONICAL", "d82a, TRUNCATED", "d8, TRUNCATED",
        // more or less than one value
        "'', TRUNCATED", "0000, TRAILING", "a0a0, TRAILING", "80f6, TRAILING"})
    void whatIsNotCanonicalIsRefused(String hex, Kind kind) {
        assertRefused(DagCbor.decode(Bytes.fromHex(hex.replace(" ", "")), LIMITS), kind);
    }

    @Test
    void aLinkIsBoundBeforeItIsTaken() {
        Bytes cid = Bytes.fromHex("d82a59012c00").concat(Bytes.copyOf(new byte[299]));

        assertRefused(DagCbor.decode(cid, LIMITS), Kind.TOO_LONG);
    }

    private static CborInt number(long value) {
        return new CborInt(value);
    }

    private static void assertEncodes(CborValue value, String hex, String cid) {
        Bytes block = Bytes.fromHex(hex);
        assertThat(DagCbor.encode(value)).isEqualTo(block);
        assertThat(DagCbor.decode(block, LIMITS)).isEqualTo(Decoded.ok(value));
        assertThat(Cid.dagCbor(block)).hasToString(cid);
        Attacks.cutAndExtend(block, bytes -> DagCbor.decode(bytes, LIMITS));
        Attacks.mutate(8, 5_000, block, bytes -> DagCbor.decode(bytes, LIMITS), DagCbor::encode);
    }
}
