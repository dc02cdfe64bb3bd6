package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.testing.PageTables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The one verifier, at the edges where verifiers disagree. A library that changes its mind here would fork a chain. */
class Ed25519VectorsTest {

    private static final Bytes PINFOLD = Bytes.copyOf("pinfold".getBytes(StandardCharsets.US_ASCII));

    /** Tests 1, 2, 3 and SHA(abc) of RFC 8032, section 7.1. */
    @ParameterizedTest
    @CsvSource({"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, "
            + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '', "
            + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, "
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72, "
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, "
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82, "
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42, "
                + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf, "
                + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f, "
                + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"})
    void rfc8032(String seed, String publicKey, String message, String signature) {
        PrivateKey key = PrivateKey.fromSeed(Bytes.fromHex(seed));

        assertThat(key.publicKey().raw()).isEqualTo(Bytes.fromHex(publicKey));
        assertThat(key.sign(Bytes.fromHex(message))).isEqualTo(Bytes.fromHex(signature));
        assertThat(key.publicKey().verifies(Bytes.fromHex(message), Bytes.fromHex(signature))).isTrue();
        assertThat(Ed25519Model.verifies(key.publicKey().raw(), Bytes.fromHex(message), Bytes.fromHex(signature)))
                .isTrue();
    }

    /** Signatures of the message "pinfold" that solve the equation, from the protocol page. */
    static List<List<String>> edges() {
        return PageTables.rows(Path.of("..", "docs", "protocol", "multiformats.md"), "Vectors: Ed25519");
    }

    @ParameterizedTest
    @MethodSource("edges")
    void theModelAgreesAtTheEdges(List<String> row) {
        Bytes key = Bytes.fromHex(row.get(1));
        Bytes signature = Bytes.fromHex(row.get(2));

        assertThat(new PublicKey(key).verifies(PINFOLD, signature)).as(row.get(0))
                .isEqualTo(row.get(3).equals("accepted"))
                .isEqualTo(Ed25519Model.verifies(key, PINFOLD, signature));
    }

    @Test
    void whateverIsChangedASignatureFails() {
        PrivateKey key = PrivateKey.fromSeed(Bytes.copyOf(new byte[32]));
        Bytes signature = key.sign(PINFOLD);

        assertThat(key.publicKey().verifies(PINFOLD, signature)).isTrue();
        for (int bit = 0; bit < 512; bit += 5) {
            assertThat(key.publicKey().verifies(PINFOLD, flip(signature, bit))).as("bit %d of the signature", bit)
                    .isFalse();
        }
        for (int bit = 0; bit < 256; bit += 3) {
            assertThat(new PublicKey(flip(key.publicKey().raw(), bit)).verifies(PINFOLD, signature))
                    .as("bit %d of the key", bit)
                    .isFalse();
        }
        for (int bit = 0; bit < PINFOLD.size() * 8; bit++) {
            assertThat(key.publicKey().verifies(flip(PINFOLD, bit), signature)).as("bit %d of the message", bit)
                    .isFalse();
        }
    }

    @Test
    void aSignatureHas64Bytes() {
        PrivateKey key = PrivateKey.fromSeed(Bytes.copyOf(new byte[32]));
        Bytes signature = key.sign(PINFOLD);

        assertThat(key.publicKey().verifies(PINFOLD, Bytes.EMPTY)).isFalse();
        assertThat(key.publicKey().verifies(PINFOLD, signature.slice(0, 63))).isFalse();
        assertThat(key.publicKey().verifies(PINFOLD, signature.concat(Bytes.fromHex("00")))).isFalse();
    }

    private static Bytes flip(Bytes bytes, int bit) {
        byte[] flipped = bytes.toArray();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.copyOf(flipped);
    }
}
