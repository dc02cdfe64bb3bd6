package io.pinfold.libp2p.pnet;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

class PreSharedKeyTest {

    private static final String HEX = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final Bytes KEY = Bytes.fromHex(HEX);
    private static final String HEAD = "/key/swarm/psk/1.0.0/\n";

    @ParameterizedTest
    @ValueSource(strings = {HEAD + "/base16/\n" + HEX, HEAD + "/base16/\n" + HEX + "\n",
        "/key/swarm/psk/1.0.0/\r\n/base16/\r\n" + HEX + "\r\n"})
    void inBase16(String file) {
        assertThat(parse(file)).isEqualTo(Decoded.ok(new PreSharedKey(KEY)));
    }

    @Test
    void inTheOtherForms() {
        assertThat(parse(HEAD + "/base64/\n" + Base64.getEncoder().encodeToString(KEY.toArray()) + "\n"))
                .isEqualTo(Decoded.ok(new PreSharedKey(KEY)));
        assertThat(PreSharedKey.parse(bytes(HEAD + "/bin/\n").concat(KEY)))
                .isEqualTo(Decoded.ok(new PreSharedKey(KEY)));
        assertThat(parse(new PreSharedKey(KEY).toFile())).isEqualTo(Decoded.ok(new PreSharedKey(KEY)));
    }

    @Test
    void badFiles() {
        assertRefused(parse(""), Kind.UNSUPPORTED);
        assertRefused(parse("/key/swarm/psk/2.0.0/\n/base16/\n" + HEX), Kind.UNSUPPORTED);
        assertRefused(parse(HEAD), Kind.UNSUPPORTED);
        assertRefused(parse(HEAD + "/base32/\n" + HEX), Kind.UNSUPPORTED);
        assertRefused(parse(HEAD + "/base16/\n" + HEX.substring(2)), Kind.MALFORMED);
        assertRefused(parse(HEAD + "/base16/\n"), Kind.MALFORMED);
        assertRefused(parse(HEAD + "/bin/\n" + "x".repeat(33)), Kind.MALFORMED);
        assertThat(parse(HEAD + "/base16/\n" + HEX.replace('0', 'g'))).isInstanceOf(Decoded.Refused.class);
        assertThat(parse(HEAD + "/base64/\n" + HEX)).isInstanceOf(Decoded.Refused.class);
        assertRefused(PreSharedKey.parse(Bytes.copyOf(new byte[PreSharedKey.MAX_FILE + 1])), Kind.TOO_LONG);
    }

    @Test
    void isNotPrinted() {
        assertThat(new PreSharedKey(KEY).toString()).isEqualTo("PreSharedKey");
    }

    private static Decoded<PreSharedKey> parse(String file) {
        return PreSharedKey.parse(bytes(file));
    }

    private static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
