package io.pinfold.multiformats;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MultibaseTest {

    /** The specification's test values for {@code yes mani !}, alone and behind one and two zero bytes. */
    @ParameterizedTest
    @CsvSource({"BASE16, f796573206d616e692021, f00796573206d616e692021, f0000796573206d616e692021",
        "BASE16_UPPER, F796573206D616E692021, F00796573206D616E692021, F0000796573206D616E692021",
        "BASE32, bpfsxgidnmfxgsibb, bab4wk4zanvqw42jaee, baaahszltebwwc3tjeaqq",
        "BASE32_UPPER, BPFSXGIDNMFXGSIBB, BAB4WK4ZANVQW42JAEE, BAAAHSZLTEBWWC3TJEAQQ",
        "BASE32_PAD, cpfsxgidnmfxgsibb, cab4wk4zanvqw42jaee======, caaahszltebwwc3tjeaqq====",
        "BASE32_PAD_UPPER, CPFSXGIDNMFXGSIBB, CAB4WK4ZANVQW42JAEE======, CAAAHSZLTEBWWC3TJEAQQ====",
        "BASE36, k2lcpzo5yikidynfl, k02lcpzo5yikidynfl, k002lcpzo5yikidynfl",
        "BASE36_UPPER, K2LCPZO5YIKIDYNFL, K02LCPZO5YIKIDYNFL, K002LCPZO5YIKIDYNFL",
        "BASE58_BTC, z7paNL19xttacUY, z17paNL19xttacUY, z117paNL19xttacUY",
        "BASE64, meWVzIG1hbmkgIQ, mAHllcyBtYW5pICE, mAAB5ZXMgbWFuaSAh",
        "BASE64_PAD, MeWVzIG1hbmkgIQ==, MAHllcyBtYW5pICE=, MAAB5ZXMgbWFuaSAh",
        "BASE64_URL, ueWVzIG1hbmkgIQ, uAHllcyBtYW5pICE, uAAB5ZXMgbWFuaSAh",
        "BASE64_URL_PAD, UeWVzIG1hbmkgIQ==, UAHllcyBtYW5pICE=, UAAB5ZXMgbWFuaSAh"})
    void goldenValues(Multibase base, String plain, String oneZero, String twoZeros) {
        assertSpells(base, "yes mani !", plain);
        assertSpells(base, "\0yes mani !", oneZero);
        assertSpells(base, "\0\0yes mani !", twoZeros);
    }

    private static void assertSpells(Multibase base, String ascii, String text) {
        Bytes bytes = Bytes.copyOf(ascii.getBytes(StandardCharsets.US_ASCII));
        assertThat(base.encode(bytes)).isEqualTo(text);
        assertThat(Multibase.decode(text)).isEqualTo(Decoded.ok(bytes));
    }

    /** The specification's values in mixed case. */
    @ParameterizedTest
    @ValueSource(strings = {"f68656c6c6f20776F726C64", "F68656c6c6f20776F726C64", "bnbswy3dpeB3W64TMMQ",
        "Bnbswy3dpeB3W64TMMQ", "cnbswy3dpeB3W64TMMQ======", "Cnbswy3dpeB3W64TMMQ======", "kfUvrsIvVnfRbjWaJo",
        "KfUVrSIVVnFRbJWAJo"})
    void basesOfOneCaseTakeEither(String text) {
        assertThat(Multibase.decode(text))
                .isEqualTo(Decoded.ok(Bytes.copyOf("hello world".getBytes(StandardCharsets.US_ASCII))));
    }

    @ParameterizedTest
    @EnumSource
    void anyBytesSurvive(Multibase base) {
        long seed = 58;
        Random random = new Random(seed);
        for (int size = 0; size < 200; size++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            String text = base.encode(Bytes.copyOf(bytes));
            assertThat(text.charAt(0)).isEqualTo(base.prefix());
            assertThat(Multibase.decode(text)).as("seed %d, %s", seed, text)
                    .isEqualTo(Decoded.ok(Bytes.copyOf(bytes)));
        }
    }

    @Test
    void base36IsTheNumberInBase36() {
        long seed = 36;
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            BigInteger number = new BigInteger(8 * (1 + random.nextInt(100)), random).setBit(0);
            byte[] bytes = number.toByteArray();
            Bytes unsigned = Bytes.copyOf(bytes).slice(bytes[0] == 0 ? 1 : 0, bytes.length);
            assertThat(Multibase.BASE36.encodeBare(unsigned)).as("seed %d", seed).isEqualTo(number.toString(36));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', TRUNCATED", "x00, UNSUPPORTED", "🚀00, UNSUPPORTED", "001, UNSUPPORTED", "f0, NOT_CANONICAL",
        "f0g, MALFORMED", "fé0, MALFORMED", "b1a, MALFORMED", "ba, NOT_CANONICAL", "bab, NOT_CANONICAL",
        "bme======, MALFORMED", "cme, NOT_CANONICAL", "cme=====, NOT_CANONICAL", "cme=======, NOT_CANONICAL",
        "c========, NOT_CANONICAL", "bmf, NOT_CANONICAL", "kä, MALFORMED", "k1=, MALFORMED", "z0, MALFORMED",
        "zl, MALFORMED", "zI, MALFORMED", "mA, NOT_CANONICAL", "mAB, NOT_CANONICAL", "mA_A, MALFORMED",
        "mAA==, MALFORMED", "MAA, NOT_CANONICAL", "MAA=, NOT_CANONICAL", "MAAA==, NOT_CANONICAL",
        "MA=A=, MALFORMED", "uA+A, MALFORMED", "'mAA ', MALFORMED", "'f 00', NOT_CANONICAL"})
    void badTextIsRefused(String text, Refusal.Kind kind) {
        assertRefused(Multibase.decode(text), kind);
    }

    @Test
    void quadraticBasesAreBounded() {
        assertRefused(Multibase.decode("z" + "2".repeat(4097)), Refusal.Kind.TOO_LONG);
        assertRefused(Multibase.decode("k" + "2".repeat(1_000_000)), Refusal.Kind.TOO_LONG);
        assertThat(Multibase.decode("z" + "1".repeat(4096)).orElseThrow().size()).isEqualTo(4096);
        Bytes long1 = Bytes.copyOf(new byte[4097]);
        assertThatThrownBy(() -> Multibase.BASE58_BTC.encode(long1)).isInstanceOf(IllegalArgumentException.class);
    }
}
