package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multibase;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.testing.Attacks;
import io.pinfold.multiformats.testing.RsaIdentity;
import io.pinfold.multiformats.testing.TestKeys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

class RsaPublicKeyTest {

    /** What {@code ipfs id} of a Kubo 0.43 tells that was initialised with {@code --algorithm=rsa --bits=2048}. */
    private static final String KUBO_ID = "QmYpvTDBWAtwqgVXUA7YpfTLnPc37mDCDsAhEqtKFSVZGu";
    private static final Bytes KUBO = Bytes.copyOf(Base64.getDecoder()
            .decode(
                    "CAASpgIwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDZpqAesTrb1/n3JkOUhOlAUZtwzsXZGBkZoLDLrRzGfK5kJzRz5XT9D9z2D3Uk"
                            + "kMpKu5z0oZs4YxyXElIZlgeIZGDMXwkx2twX/Zd/shZ9sNNgwDvAEqpfYN1EPY/mgiGZDU1oiZ5ttPfclfiBjMmR5XgNC3r8gHyqNWD+"
                            + "bSwSJoWWuLVxHGBLtXEneHU9yP4AabmsMEs6IMvyTauhsvgUVyWg+7c8euLPcRp8n9zNhSUo856j3Enn7NX8UkfpXJaBXLxvKWW2y5zL"
                            + "XFFTFVRx58oIyWCVdkFT69LM2JuxlBBe8BFpY9UYHAJy0nHAMCRlc3PY51wvcK69Lwhdnsq7AgMBAAE="));

    private static final Bytes TEXT = Bytes.copyOf("pinfold".getBytes(StandardCharsets.UTF_8));
    private static final RsaIdentity IDENTITY = new RsaIdentity(2_048);

    @Test
    void aKeyOfKubos() {
        PeerKey key = PeerKey.decode(KUBO).orElseThrow();
        assertThat(key.peerId()).hasToString(KUBO_ID);
        assertThat(key.toBytes()).isEqualTo(KUBO);
        assertThat(((RsaPublicKey) key).bits()).isEqualTo(2_048);
    }

    @Test
    void ed25519KeysAreTheSameAsEver() {
        PublicKey key = TestKeys.key(1).publicKey();
        assertThat(PeerKey.decode(key.toBytes())).isEqualTo(Decoded.<PeerKey>ok(key));
        assertRefused(PublicKey.decode(KUBO), Kind.UNSUPPORTED);
    }

    @Test
    void signatures() {
        PeerKey key = IDENTITY.key();
        Bytes signature = IDENTITY.sign(TEXT);
        assertThat(key.verifies(TEXT, signature)).isTrue();
        assertThat(key.verifies(Bytes.EMPTY, signature)).isFalse();
        assertThat(key.verifies(TEXT, Bytes.EMPTY)).isFalse();
        assertThat(key.verifies(TEXT, signature.slice(0, 255))).isFalse();
        assertThat(key.verifies(TEXT, signature.concat(Bytes.fromHex("00")))).isFalse();
        assertThat(key.verifies(TEXT, Bytes.fromHex("00").concat(signature))).isFalse();
        assertThat(key.verifies(TEXT, Bytes.fromHex("ff".repeat(256)))).isFalse();
        assertThat(key.verifies(TEXT, IDENTITY.sign(TEXT, "SHA1withRSA"))).isFalse();
        assertThat(PeerKey.decode(KUBO).orElseThrow().verifies(TEXT, signature)).isFalse();
        assertThat(key.peerId()).isNotEqualTo(PeerId.parse(KUBO_ID).orElseThrow());
    }

    @Test
    void otherSizesAreRefused() {
        assertRefused(PeerKey.decode(new RsaIdentity(1_024).message()), Kind.UNSUPPORTED);
        assertRefused(PeerKey.decode(key(BigInteger.ONE.shiftLeft(2_046).add(BigInteger.ONE), 65_537)),
                Kind.UNSUPPORTED);
        assertRefused(PeerKey.decode(key(BigInteger.ONE.shiftLeft(8_192).add(BigInteger.ONE), 65_537)),
                Kind.UNSUPPORTED);
        assertRefused(PeerKey.decode(key(BigInteger.ONE.shiftLeft(16_000).add(BigInteger.ONE), 65_537)), Kind.TOO_LONG);
        assertThat(PeerKey.decode(key(BigInteger.ONE.shiftLeft(8_191).add(BigInteger.ONE), 3)))
                .isInstanceOf(Decoded.Ok.class);
    }

    @Test
    void strangeExponentsAreRefused() {
        BigInteger modulus = BigInteger.ONE.shiftLeft(2_047).add(BigInteger.ONE);
        assertRefused(PeerKey.decode(key(modulus, 4)), Kind.UNSUPPORTED);
        assertRefused(PeerKey.decode(key(modulus, 1L << 32 | 1)), Kind.UNSUPPORTED);
        assertThat(PeerKey.decode(key(modulus, (1L << 31) - 1))).isInstanceOf(Decoded.Ok.class);
    }

    @Test
    void otherEncodingsAreRefused() {
        Bytes der = KUBO.slice(5, KUBO.size());
        String hex = der.toHex();
        assertThat(RsaIdentity.message(der)).isEqualTo(KUBO);
        String longerLength = "3083000122" + hex.substring(8);
        String withoutNull = hex.replace("300d06092a864886f70d0101010500", "300b06092a864886f70d010101")
                .replaceFirst("^30820122", "30820120");
        String pss = hex.replace("2a864886f70d010101", "2a864886f70d01010a");
        for (String other : new String[]{longerLength, withoutNull, pss, hex + "00", "", "30", "3000"}) {
            assertThat(PeerKey.decode(RsaIdentity.message(Bytes.copyOf(HexFormat.of().parseHex(other))))).as(other)
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void damagedKeysAreRefused() {
        Attacks.mutate(7, 3_000, KUBO, PeerKey::decode, PeerKey::toBytes);
        for (int size = 0; size < KUBO.size(); size++) {
            assertThat(PeerKey.decode(KUBO.slice(0, size))).isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void otherTypesAreNamedInTheirRefusal() {
        assertThat(PeerKey.decode(Bytes.fromHex("08021203aabbcc")).toString()).contains("UNSUPPORTED", "SECP256K1");
        assertThat(PeerKey.decode(Bytes.fromHex("08031203aabbcc")).toString()).contains("UNSUPPORTED", "ECDSA");
    }

    @Test
    void itsIdIsSpelledAsACid() {
        PeerId id = PeerKey.decode(KUBO).orElseThrow().peerId();
        assertThat(PeerId.parse(id.toCid().toString(Multibase.BASE36)).orElseThrow()).isEqualTo(id);
        assertThat(id.publicKey()).isEmpty();
    }

    private static Bytes key(BigInteger modulus, long exponent) {
        try {
            return RsaIdentity.message(Bytes.copyOf(KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(exponent)))
                    .getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
