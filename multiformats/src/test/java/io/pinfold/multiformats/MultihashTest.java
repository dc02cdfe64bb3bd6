package io.pinfold.multiformats;

import io.pinfold.multiformats.testing.Attacks;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MultihashTest {

    private static final Bytes PINFOLD = Bytes.copyOf("pinfold".getBytes(StandardCharsets.US_ASCII));

    /** What {@code ipfs block put --mhtype} of Kubo 0.43 gives for raw blocks: "pinfold", and no bytes. */
    @ParameterizedTest
    @CsvSource({"0x12, bafkreihp4mtwn2e4nimrwvfm5ahitoacwingjvwrai6epkh2xqq63rfr3y, "
            + "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
        "0x13, bafkrgqerzghbdzujwe2f62p7o5uxffh6ltjqlhgwwzldsv5izs26cc27dyfjo2lbde6p2zefs5fju4qsmpogqneomxho2zv5iam3z2abnqkt4, "
                + "bafkrgqgpqpqtk7xpxc67cvbikdlg3aah2yqoibilk4k5za7uveq5g3hjzzd5buj4lwc7fmh7qmmnfb365qxwhojrxvduc6ubuu4de6xze7nd4",
        "0xb220, bafk2bzaceac72uj22k3nobqau3vsnyfxs2l2b4ez2rilp5ucoont7g3zltmzq, "
                + "bafk2bzaceahfouoae3suhmxivmxlayez3kq5dzo7i53y654h7kvultprf7r2q",
        "0x1e, bafkr4idnjd67ryggowt3taktl6g2hx4jn4pwlum77oh2twsv4xaqtft4ku, "
                + "bafkr4ifpcne3t5pzugtkaqcn5i3nzskjtpfslsnnyejlpte2spfoihzsmi",
        "0, bafkqab3qnfxgm33mmq, bafkqaaa"})
    void goldenDigests(String code, String ofPinfold, String ofNothing) {
        Multihash hash = Multihash.of(Long.decode(code), PINFOLD);

        assertThat(Cid.v1(Multicodec.RAW, hash)).hasToString(ofPinfold);
        assertThat(Cid.v1(Multicodec.RAW, Multihash.of(Long.decode(code), Bytes.EMPTY))).hasToString(ofNothing);
        assertThat(hash.isVerifiable()).isTrue();
        assertThat(hash.verifies(PINFOLD)).isTrue();
        assertThat(hash.verifies(Bytes.EMPTY)).isFalse();
        assertThat(Multihash.decode(hash.toBytes())).isEqualTo(Decoded.ok(hash));
        Attacks.cutAndExtend(hash.toBytes(), Multihash::decode);
        Attacks.mutate(1, 2_000, hash.toBytes(), Multihash::decode, Multihash::toBytes);
    }

    @Test
    void anUnknownFunctionIsCarriedAndNeverVerifies() {
        Multihash sha1 = Multihash.decode(Bytes.fromHex("1114da39a3ee5e6b4b0d3255bfef95601890afd80709")).orElseThrow();

        assertThat(sha1.isVerifiable()).isFalse();
        assertThat(sha1.verifies(Bytes.EMPTY)).isFalse();
        assertThatThrownBy(() -> Multihash.of(0x11, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void identityIsBoundAt128Bytes() {
        Bytes longest = Bytes.copyOf(new byte[128]);
        Bytes tooLong = Bytes.copyOf(new byte[129]);

        assertThat(Multihash.decode(Multihash.identity(longest).toBytes())).isInstanceOf(Decoded.Ok.class);
        assertThatThrownBy(() -> Multihash.identity(tooLong)).isInstanceOf(IllegalArgumentException.class);
        assertRefused(Multihash.decode(Bytes.fromHex("008101").concat(tooLong)), Refusal.Kind.TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({"'', TRUNCATED", "12, TRUNCATED", "1220, TRUNCATED", "1200, MALFORMED", "1203aabbcc, MALFORMED",
        "1e1faa, TRUNCATED", "12ffffffffffffffff7f, TOO_LONG", "128100, NOT_CANONICAL", "8000, NOT_CANONICAL",
        "000100, OK", "00010000, TRAILING", "ffffffffffffffffffff01, OVERFLOW"})
    void badMultihashesAreRefused(String hex, String outcome) {
        Decoded<Multihash> decoded = Multihash.decode(Bytes.fromHex(hex));
        if (outcome.equals("OK")) {
            assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        } else {
            assertRefused(decoded, Refusal.Kind.valueOf(outcome));
        }
    }

    @Test
    void orderIsThatOfTheBytes() {
        assertThat(Multihash.identity(PINFOLD)).isLessThan(Multihash.sha256(PINFOLD));
        assertThat(Multihash.identity(Bytes.fromHex("ff"))).isLessThan(Multihash.identity(Bytes.fromHex("0000")));
    }
}
