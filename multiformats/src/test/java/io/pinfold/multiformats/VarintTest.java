package io.pinfold.multiformats;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VarintTest {

    /** The examples of the unsigned-varint specification, and the greatest value. */
    @ParameterizedTest
    @CsvSource({"0, 00", "1, 01", "127, 7f", "128, 8001", "255, ff01", "300, ac02", "16384, 808001",
        "9223372036854775807, ffffffffffffffff7f"})
    void goldenValues(long value, String hex) throws IOException {
        assertThat(Varint.encode(value)).isEqualTo(Bytes.fromHex(hex).toArray());
        assertThat(Varint.sizeOf(value)).isEqualTo(hex.length() / 2);
        assertThat(Varint.read(stream(hex), Long.MAX_VALUE)).isEqualTo(value);
    }

    @Test
    void anyValueSurvives() throws IOException {
        long seed = 20260101;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> (1 + random.nextInt(63));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Varint.write(out, value);
            assertThat(out.size()).as("seed %d", seed).isEqualTo(Varint.sizeOf(value));
            assertThat(Varint.read(new ByteArrayInputStream(out.toByteArray()), Long.MAX_VALUE)).as("seed %d", seed)
                    .isEqualTo(value);
        }
    }

    @Test
    void readingTakesNoByteBehindIt() throws IOException {
        ByteArrayInputStream in = stream("ac0207");

        assertThat(Varint.read(in, 300)).isEqualTo(300);
        assertThat(in.read()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"8000, NOT_CANONICAL", "818000, NOT_CANONICAL", "ffffffffffffffffff01, OVERFLOW",
        "ffffffffffffffffffff, OVERFLOW", "80808080808080808080, OVERFLOW", "ad02, TOO_LONG"})
    void badVarintsAreToldApart(String hex, Refusal.Kind kind) {
        assertThatThrownBy(() -> Varint.read(stream(hex), 300)).isInstanceOfSatisfying(MalformedVarintException.class,
                e -> assertThat(e.refusal().kind()).isEqualTo(kind));
    }

    @Test
    void anEndlessVarintIsGivenUpAfterNineBytes() {
        ByteArrayInputStream in = new ByteArrayInputStream(Bytes.fromHex("ff".repeat(100)).toArray());

        assertThatThrownBy(() -> Varint.read(in, Long.MAX_VALUE)).isInstanceOf(MalformedVarintException.class);
        assertThat(in.available()).isEqualTo(91);
    }

    @ParameterizedTest
    @CsvSource({"''", "80", "ffffffffffffffff"})
    void aStreamThatEndsWithinIsAnEndOfFile(String hex) {
        assertThatThrownBy(() -> Varint.read(stream(hex), Long.MAX_VALUE)).isInstanceOf(EOFException.class);
    }

    @Test
    void aReaderTellsTheSameApart() {
        assertRefused(Decoded.attempt(new ByteReader(Bytes.fromHex("8000"))::readVarint), Refusal.Kind.NOT_CANONICAL);
        assertRefused(Decoded.attempt(new ByteReader(Bytes.fromHex("80"))::readVarint), Refusal.Kind.TRUNCATED);
        assertRefused(Decoded.attempt(new ByteReader(Bytes.fromHex("ff".repeat(9)))::readVarint),
                Refusal.Kind.OVERFLOW);
    }

    @Test
    void negativeValuesAreABug() {
        assertThatThrownBy(() -> Varint.encode(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Varint.sizeOf(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteArrayInputStream stream(String hex) {
        return new ByteArrayInputStream(Bytes.fromHex(hex).toArray());
    }
}
