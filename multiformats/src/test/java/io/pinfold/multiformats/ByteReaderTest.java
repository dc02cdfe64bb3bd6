package io.pinfold.multiformats;

import org.junit.jupiter.api.Test;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

class ByteReaderTest {

    @Test
    void takesInOrder() throws RefusalException {
        ByteReader in = new ByteReader(Bytes.fromHex("0102aabb03"));

        assertThat(in.startsWith(1, 2)).isTrue();
        assertThat(in.startsWith(2)).isFalse();
        assertThat(in.readByte()).isEqualTo(1);
        assertThat(in.readPrefixed(2)).isEqualTo(Bytes.fromHex("aabb"));
        assertThat(in.position()).isEqualTo(4);
        assertThat(in.remaining()).isEqualTo(1);
        assertThat(in.readBytes(1)).isEqualTo(Bytes.fromHex("03"));
        in.expectEnd();
    }

    @Test
    void lengthsAreNotBelieved() {
        assertRefused(Decoded.attempt(() -> reader("ffffffffffffffff7f").readPrefixed(Integer.MAX_VALUE)),
                Refusal.Kind.TOO_LONG);
        assertRefused(Decoded.attempt(() -> reader("ffffffff07").readPrefixed(Integer.MAX_VALUE)),
                Refusal.Kind.TRUNCATED);
        assertRefused(Decoded.attempt(() -> reader("03aabb").readPrefixed(2)), Refusal.Kind.TOO_LONG);
        assertRefused(Decoded.attempt(() -> reader("02aa").readPrefixed(2)), Refusal.Kind.TRUNCATED);
        assertRefused(Decoded.attempt(() -> reader("").readByte()), Refusal.Kind.TRUNCATED);
        assertRefused(Decoded.attempt(() -> {
            reader("00").expectEnd();
            return "";
        }), Refusal.Kind.TRAILING);
    }

    private static ByteReader reader(String hex) {
        return new ByteReader(Bytes.fromHex(hex));
    }
}
