package io.pinfold.multiformats;

import io.pinfold.multiformats.testing.Attacks;
import io.pinfold.multiformats.testing.TestCids;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CidTest {

    /** The empty UnixFS folder. */
    private static final String V0 = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";

    /** What {@code ipfs cid format -v 1 -b} of Kubo 0.43 gives for {@link #V0}. */
    @ParameterizedTest
    @CsvSource({"BASE16, f0170122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef",
        "BASE16_UPPER, F0170122059948439065F29619EF41280CBB932BE52C56D99C5966B65E0111239F098BBEF",
        "BASE32, bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354",
        "BASE32_UPPER, BAFYBEICZSSCDSBS7FFQZ55ASQDF3SMV6KLCW3GOFSZVWLYARCI47BGF354",
        "BASE32_PAD, cafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354======",
        "BASE32_PAD_UPPER, CAFYBEICZSSCDSBS7FFQZ55ASQDF3SMV6KLCW3GOFSZVWLYARCI47BGF354======",
        "BASE36, k2jmtxtlhjl3fhmgndf92e48by79ryjuvqp3y2qgehpao6v3lurvnmcv",
        "BASE36_UPPER, K2JMTXTLHJL3FHMGNDF92E48BY79RYJUVQP3Y2QGEHPAO6V3LURVNMCV",
        "BASE58_BTC, zdj7WbTaiJT1fgatdet9Ei9iDB5hdCxkbVyhyh8YTUnXMiwYi",
        "BASE64, mAXASIFmUhDkGXylhnvQSgMu5Mr5SxW2ZxZZrZeAREjnwmLvv",
        "BASE64_PAD, MAXASIFmUhDkGXylhnvQSgMu5Mr5SxW2ZxZZrZeAREjnwmLvv",
        "BASE64_URL, uAXASIFmUhDkGXylhnvQSgMu5Mr5SxW2ZxZZrZeAREjnwmLvv",
        "BASE64_URL_PAD, UAXASIFmUhDkGXylhnvQSgMu5Mr5SxW2ZxZZrZeAREjnwmLvv"})
    void goldenSpellings(Multibase base, String text) {
        Cid cid = Cid.parse(V0).orElseThrow();

        assertThat(cid).hasToString(V0);
        assertThat(cid.version()).isZero();
        assertThat(cid.codec()).isEqualTo(Multicodec.DAG_PB);
        assertThat(cid.toV1().toString(base)).isEqualTo(text);
        assertThat(Cid.parse(text)).isEqualTo(Decoded.ok(cid.toV1()));
    }

    @Test
    void versionsAreDifferentValuesOfOneHash() {
        Cid v0 = Cid.parse(V0).orElseThrow();

        assertThat(v0.toV1()).isNotEqualTo(v0);
        assertThat(v0.toV1().hash()).isEqualTo(v0.hash());
        assertThat(v0.toV1().toV1()).isEqualTo(v0.toV1());
        assertThat(Cid.v0(v0.hash())).isEqualTo(v0);
        assertThatThrownBy(() -> v0.toString(Multibase.BASE32)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void blocksAreNamedByTheirHash() {
        assertThat(Cid.dagCbor(Bytes.fromHex("a0")))
                .hasToString("bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua");
        assertThat(Cid.raw(Bytes.EMPTY)).hasToString("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
    }

    @ParameterizedTest
    @ValueSource(strings = {V0, "bafkqaaa", "bafkreihp4mtwn2e4nimrwvfm5ahitoacwingjvwrai6epkh2xqq63rfr3y",
        "bafk2bzaceac72uj22k3nobqau3vsnyfxs2l2b4ez2rilp5ucoont7g3zltmzq"})
    void binaryFormSurvivesAndBadOnesAreRefused(String text) {
        Cid cid = Cid.parse(text).orElseThrow();

        assertThat(cid).hasToString(text);
        assertThat(Cid.decode(cid.toBytes())).isEqualTo(Decoded.ok(cid));
        Attacks.cutAndExtend(cid.toBytes(), Cid::decode);
        Attacks.mutate(2, 2_000, cid.toBytes(), Cid::decode, Cid::toBytes);
    }

    @Test
    void unknownCodecsAndHashesAreCarried() {
        Bytes gitObject = Bytes.fromHex("01781114da39a3ee5e6b4b0d3255bfef95601890afd80709");
        Cid cid = Cid.decode(gitObject).orElseThrow();

        assertThat(cid.codec()).isEqualTo(0x78);
        assertThat(Cid.parse(cid.toString())).isEqualTo(Decoded.ok(cid));
    }

    @ParameterizedTest
    @CsvSource({"'', TRUNCATED", "Qm, UNSUPPORTED", "/ipfs/QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn, UNSUPPORTED",
        "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3N0, MALFORMED", "zQmUNLL, UNSUPPORTED",
        "zQmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn, NOT_CANONICAL",
        "f122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef, NOT_CANONICAL",
        "f0070122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef, UNSUPPORTED",
        "f0255122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef, UNSUPPORTED",
        "f01f00112200000, TRUNCATED", "f01ff01, TRUNCATED", "f018100000, NOT_CANONICAL",
        "f015512020000, MALFORMED", "bafkqaaaa, TRAILING", "bafkqaaa1, MALFORMED", "f0155000000, TRAILING"})
    void badTextIsRefused(String text, Refusal.Kind kind) {
        assertRefused(Cid.parse(text), kind);
    }

    @Test
    void longTextIsRefusedBeforeItIsRead() {
        assertRefused(Cid.parse("f" + "0".repeat(1_000_000)), Refusal.Kind.TOO_LONG);
        Cid longest = Cid.v1(Long.MAX_VALUE, new Multihash(Long.MAX_VALUE, Bytes.copyOf(new byte[128])));
        assertThat(longest.toBytes().size()).isEqualTo(Cid.MAX_BYTES);
        assertThat(longest.toString(Multibase.BASE16)).hasSize(Cid.MAX_TEXT);
        assertThat(Cid.parse(longest.toString(Multibase.BASE16))).isEqualTo(Decoded.ok(longest));
    }

    @Test
    void impossibleValuesCannotBeMade() {
        Multihash sha256 = Multihash.sha256(Bytes.EMPTY);
        Multihash sha512 = Multihash.of(Multicodec.SHA2_512, Bytes.EMPTY);

        assertThatThrownBy(() -> new Cid(0, Multicodec.RAW, sha256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cid.v0(sha512)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cid(2, Multicodec.RAW, sha256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cid.v1(-1, sha256)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void orderIsThatOfTheBytes() {
        long seed = 4;
        Random random = new Random(seed);
        List<Cid> cids = random.ints(200, 0, 1000)
                .mapToObj(i -> i % 3 == 0 ? Cid.v0(TestCids.cid(i).hash()) : TestCids.cid(i))
                .toList();

        assertThat(cids.stream().sorted().map(Cid::toBytes).toList()).as("seed %d", seed)
                .isEqualTo(cids.stream().map(Cid::toBytes).sorted().toList());
    }
}
