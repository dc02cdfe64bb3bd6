package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.key.Ed25519Model.Point;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The verifier against {@link Ed25519Model}, with keys and commitments that carry a part of small order. */
class Ed25519ModelTest {

    private static final long SEED = 25519;

    private final Random random = new Random(SEED);

    /** All 64 pairs of torsion in A and in R, each with a random key: accepted unless A itself is of small order. */
    @Test
    void partsOfSmallOrderDoNotMatter() {
        Point[] torsion = Ed25519Model.torsion();
        for (int i = 0; i < 64; i++) {
            BigInteger a = i % 5 == 0 ? BigInteger.ZERO : scalar();
            BigInteger r = i % 7 == 0 ? BigInteger.ZERO : scalar();
            Bytes key = Ed25519Model.BASE.times(a).plus(torsion[i / 8]).encode();
            Bytes commitment = Ed25519Model.BASE.times(r).plus(torsion[i % 8]).encode();
            Bytes message = TestCids.block(i);
            BigInteger k = Ed25519Model.challenge(commitment, key, message);
            BigInteger s = r.add(k.multiply(a)).mod(Ed25519Model.L);
            Bytes signature = commitment.concat(Ed25519Model.encode(s, false));

            assertThat(new PublicKey(key).verifies(message, signature)).as("seed %d, round %d", SEED, i)
                    .isEqualTo(a.signum() != 0)
                    .isEqualTo(Ed25519Model.verifies(key, message, signature));
            Bytes wrong = commitment.concat(Ed25519Model.encode(s.add(BigInteger.ONE).mod(Ed25519Model.L), false));
            assertThat(new PublicKey(key).verifies(message, wrong)).as("seed %d, round %d", SEED, i).isFalse();
        }
    }

    @Test
    void honestSignaturesAgree() {
        for (int i = 0; i < 10; i++) {
            PrivateKey key = TestKeys.key(i);
            Bytes signature = key.sign(TestCids.block(i));
            assertThat(Ed25519Model.verifies(key.publicKey().raw(), TestCids.block(i), signature)).isTrue();
            assertThat(Ed25519Model.residue(key.publicKey().raw(), TestCids.block(i), signature))
                    .isEqualTo(Ed25519Model.IDENTITY);
        }
    }

    private BigInteger scalar() {
        return new BigInteger(252, random).setBit(200);
    }
}
