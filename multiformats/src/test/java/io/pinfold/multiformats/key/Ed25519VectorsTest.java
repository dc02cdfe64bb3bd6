package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Signatures of the message "pinfold" that solve the equation; in docs/protocol/multiformats.md too. */
    @ParameterizedTest
    @CsvSource({
        "honest, 88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "2a399911a6d6e441401e2374be050da88c7068a3fa799b3d60ecbd796cb7ac0a, true",
        "S + L, 88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "170d8f6ec039f79916bb1a179dffebbc8c7068a3fa799b3d60ecbd796cb7ac1a, false",
        "S + 2^255, 88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "2a399911a6d6e441401e2374be050da88c7068a3fa799b3d60ecbd796cb7ac8a, false",
        "small-order A of order 8, c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "2e77a7db3b2f65a47efd3cf9bbe5f05486e88756c8cc06c7691f6d5679727502, false",
        "small-order A of order 1, 0100000000000000000000000000000000000000000000000000000000000000, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "2e77a7db3b2f65a47efd3cf9bbe5f05486e88756c8cc06c7691f6d5679727502, false",
        "A of order 2, ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "2e77a7db3b2f65a47efd3cf9bbe5f05486e88756c8cc06c7691f6d5679727502, false",
        "non-canonical A: y = p, edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "2e77a7db3b2f65a47efd3cf9bbe5f05486e88756c8cc06c7691f6d5679727502, false",
        "non-canonical A: y = p + 1, eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "2e77a7db3b2f65a47efd3cf9bbe5f05486e88756c8cc06c7691f6d5679727502, false",
        "non-canonical A: x = -0, 0100000000000000000000000000000000000000000000000000000000000080, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "2e77a7db3b2f65a47efd3cf9bbe5f05486e88756c8cc06c7691f6d5679727502, false",
        "non-canonical R: y = p, 88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488, "
                + "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
                + "86e4b0c06846f19842895881db5eacf7b892d55c3a668b3f747daaaa105e680b, false",
        "non-canonical R: y = p + 1, 88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488, "
                + "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
                + "00abd2ebed602c7b745f90c8bf09d1b588cb5695d2a300e807493641b855b90b, false",
        "non-canonical R: x = -0, 88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488, "
                + "0100000000000000000000000000000000000000000000000000000000000080"
                + "6eced8f64428c16130b44c98267821e32faf43885bc6b6522e34e48886ea4b07, false",
        "small-order R of order 1, 88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488, "
                + "0100000000000000000000000000000000000000000000000000000000000000"
                + "ac5cf44b7f309194d6fff65666f3d28199e243f38d9cce48baf4f453d774050d, true",
        "small-order R of order 8, 88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488, "
                + "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
                + "b9af349ab895946ec7d247695fd3012af9c85cb729dd1c064c905972b1396904, true",
        "A is no point, 0200000000000000000000000000000000000000000000000000000000000000, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "2e77a7db3b2f65a47efd3cf9bbe5f05486e88756c8cc06c7691f6d5679727502, false",
        "R is no point, 88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488, "
                + "0200000000000000000000000000000000000000000000000000000000000000"
                + "4fbd9ec56cb14b58c34aa2d8743901690dfd51f12bbbdcbc3ab677e34afc4403, false",
        "mixed A that cancel, 99555efe5dbf5b50b6fb4d8c38ee05c4ea8a97011c08e11366e8c8c00e8ce5d5, "
                + "0453913765ef9e18e2da788012ad7f54dc15d9f36a5f1463476b4641cee0236f"
                + "1486d99ff045c6d0279ea15c509c04ecf44c7f17098c5efc0dc2eab57d20a409, true",
        "mixed A that do not cancel, 99555efe5dbf5b50b6fb4d8c38ee05c4ea8a97011c08e11366e8c8c00e8ce5d5, "
                + "3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0a"
                + "1af5d1d4a983a1b3391dee30eee6e34c8291d192fc198f13275e863f3e335a07, true",
        "mixed R that do not cancel, 88aa55e6afeed8960a3191de78600347db8acd0a3795412f275f049b86260488, "
                + "5b61c2e3b93e6c06450f327ea72cdfeb8cde6aa020d2dd827ab3f86e708c8393"
                + "c7a41ca2ddc9199d80523dc9877539f6320c10bc8fd27496d96b12088913a002, true",
        "mixed A and R that cancel, 99555efe5dbf5b50b6fb4d8c38ee05c4ea8a97011c08e11366e8c8c00e8ce5d5, "
                + "d2ea8f7803d66815dfdc5792bcb1dadb90b0ae78cbcaeccabb6685f3754f3cb2"
                + "b1fc5b2dc976d7fdc87b7e58d7c01bd75c08ab46d1881d54ab16fd469a1acb0c, true",
        "mixed A and R that do not cancel, 99555efe5dbf5b50b6fb4d8c38ee05c4ea8a97011c08e11366e8c8c00e8ce5d5, "
                + "5b61c2e3b93e6c06450f327ea72cdfeb8cde6aa020d2dd827ab3f86e708c8393"
                + "ffa13901e1a8d3d3fa1c41dcf6cce461b37dd67e96ab966dc42cb10cda581e07, true"})
    void edges(String name, String publicKey, String signature, boolean accepted) {
        Bytes key = Bytes.fromHex(publicKey);

        assertThat(new PublicKey(key).verifies(PINFOLD, Bytes.fromHex(signature))).as(name).isEqualTo(accepted);
        assertThat(Ed25519Model.verifies(key, PINFOLD, Bytes.fromHex(signature))).as("model: %s", name)
                .isEqualTo(accepted);
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
