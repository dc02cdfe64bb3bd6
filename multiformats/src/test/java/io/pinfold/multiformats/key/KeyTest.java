package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multibase;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.testing.Attacks;
import io.pinfold.multiformats.testing.TestKeys;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyTest {

    /** The Ed25519 pair among the test vectors of libp2p's peer-ids specification. */
    private static final Bytes SPEC_PRIVATE = Bytes
            .fromHex("080112407e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d"
                    + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e");
    private static final Bytes SPEC_PUBLIC = Bytes
            .fromHex("080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e");

    @Test
    void theSpecificationsPair() {
        PrivateKey key = PrivateKey.decode(SPEC_PRIVATE).orElseThrow();

        assertThat(key.toBytes()).isEqualTo(SPEC_PRIVATE);
        assertThat(key.publicKey().toBytes()).isEqualTo(SPEC_PUBLIC);
        assertThat(PublicKey.decode(SPEC_PUBLIC)).isEqualTo(Decoded.ok(key.publicKey()));
    }

    /** What {@code ipfs key export --format=libp2p-protobuf-cleartext} and {@code ipfs key list} of Kubo 0.43 give. */
    @Test
    void aKeyThatKuboMade() {
        Bytes exported = Bytes.fromHex("08011240a8f848dbd89ea3e02c59f69355066789445ce0a112e0661262709e23e51ed058"
                + "3473ac48484f631439815d0b17785db8f5e0b7ee30c9498f44631b8a1b329d60");
        PrivateKey key = PrivateKey.decode(exported).orElseThrow();

        assertThat(key.peerId()).hasToString("12D3KooWDM7fs2tQF7z5zzZvqEu6E4mBrpiHzTu3qhzogz44WS3H");
        assertThat(key.peerId().toCid().toString(Multibase.BASE36))
                .isEqualTo("k51qzi5uqu5dhhnhg4reekxgst3qgo1tkcbp6avgoeurhc94f7znkize9njbs0");
        assertThat(key.toBytes()).isEqualTo(exported);
    }

    /** The {@code Identity} section of a configuration that Kubo 0.43 wrote; ipfs-cluster's identity.json is alike. */
    @Test
    void anIdentityThatKuboWrote() {
        String base64 = "CAESQEme0qBA48wUxYBVcKYY6KuJZfBGiS17ku9MRsmeyVxYvbWxemQarDcpZE4+9B0lF5LVeuDzTdNLkHApFrzdKDQ=";
        PrivateKey key = Multibase.BASE64_PAD.decodeBare(base64).flatMap(PrivateKey::decode).orElseThrow();

        assertThat(key.peerId()).hasToString("12D3KooWNauuyRGc9pHk2AY2MQdtMzgvaFAFfBponXdkytVtcWAo");
    }

    @Test
    void damagedEncodingsAreRefused() {
        Attacks.cutAndExtend(SPEC_PUBLIC, PublicKey::decode);
        Attacks.mutate(5, 5_000, SPEC_PUBLIC, PublicKey::decode, PublicKey::toBytes);
        Attacks.cutAndExtend(SPEC_PRIVATE, PrivateKey::decode);
        Attacks.mutate(6, 300, SPEC_PRIVATE, PrivateKey::decode, PrivateKey::toBytes);
    }

    @ParameterizedTest
    @CsvSource({"'', TRUNCATED", "08, TRUNCATED", "0801, TRUNCATED", "080112, TRUNCATED", "08011220, TRUNCATED",
        "08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99, UNSUPPORTED",
        "08001203aabbcc, UNSUPPORTED", "080312020102, UNSUPPORTED", "08041200, UNSUPPORTED",
        "08811200, UNSUPPORTED", "08818000, NOT_CANONICAL", "08011200, MALFORMED", "0801120100, MALFORMED",
        "12000801, MALFORMED", "0801080112, MALFORMED", "08011a00, MALFORMED", "080112ffffffff07, TOO_LONG",
        "0801128000, NOT_CANONICAL", "08ffffffffffffffffff01, OVERFLOW"})
    void badKeysAreRefused(String hex, Kind kind) {
        assertRefused(PublicKey.decode(Bytes.fromHex(hex)), kind);
        assertRefused(PrivateKey.decode(Bytes.fromHex(hex)), kind);
    }

    @Test
    void otherKeyTypesAreNamedInTheirRefusal() {
        assertThat(PublicKey.decode(Bytes.fromHex("08001203aabbcc")).toString()).contains("RSA");
        assertThat(PrivateKey.decode(Bytes.fromHex("08021203aabbcc")).toString()).contains("SECP256K1");
        assertThat(PublicKey.typeOf(Bytes.fromHex("08031203aabbcc"))).isEqualTo(Decoded.ok(KeyType.ECDSA));
    }

    @Test
    void theOlderFormOf96BytesMustRepeatThePublicKey() {
        Bytes publicKey = SPEC_PUBLIC.slice(4, 36);
        Bytes older = Bytes.fromHex("08011260").concat(SPEC_PRIVATE.slice(4, 68)).concat(publicKey);
        Bytes other = Bytes.fromHex("08011260")
                .concat(SPEC_PRIVATE.slice(4, 68))
                .concat(TestKeys.key(1).publicKey().raw());

        assertThat(PrivateKey.decode(older).orElseThrow().toBytes()).isEqualTo(SPEC_PRIVATE);
        assertRefused(PrivateKey.decode(other), Kind.MALFORMED);
    }

    @Test
    void seedAndPublicKeyMustBelongTogether() {
        Bytes mixed = SPEC_PRIVATE.slice(0, 36).concat(TestKeys.key(1).publicKey().raw());

        assertRefused(PrivateKey.decode(mixed), Kind.MALFORMED);
    }

    @Test
    void aPrivateKeyIsNotPrinted() {
        PrivateKey key = TestKeys.key(1);

        assertThat(key.toString()).isEqualTo("PrivateKey of " + key.peerId());
        assertThat(key.toString()).doesNotContain(key.toBytes().slice(4, 36).toHex());
    }

    @Test
    void generatedKeysDifferAndWork() {
        PrivateKey one = PrivateKey.generate(new SecureRandom());
        PrivateKey two = PrivateKey.generate(new SecureRandom());

        assertThat(one.publicKey()).isNotEqualTo(two.publicKey());
        assertThat(one.publicKey().verifies(SPEC_PUBLIC, one.sign(SPEC_PUBLIC))).isTrue();
        assertThat(PrivateKey.decode(one.toBytes()).orElseThrow().publicKey()).isEqualTo(one.publicKey());
    }

    @Test
    void wrongSizesAreABug() {
        assertThatThrownBy(() -> PrivateKey.fromSeed(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PublicKey(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }
}
