package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The strict rules by which an Ed25519 signature is accepted: RFC 8032, section 5.1.7, pure, with its cofactored equation
 * [8][S]B = [8]R + [8][k]A, and S below the group order, A and R encoded canonically, A not of small order.
 *
 * <p>The equation is the one whose verdict parts of small order in A and R cannot change, so single and batch verification
 * agree. Verifiers that leave the factor 8 out (such as Go's) refuse some of what is accepted here; an honest signer never
 * makes such signatures. BouncyCastle checks all of this by itself; the vectors in {@code docs/protocol/multiformats.md}
 * are under test, so that a version of it which decides otherwise does not pass the build.
 */
final class Ed25519Verifier {

    private Ed25519Verifier() {}

    static boolean verifies(Bytes key, Bytes message, Bytes signature) {
        if (signature.size() != Ed25519.SIGNATURE_SIZE) {
            return false;
        }
        byte[] data = message.toArray();
        return Ed25519.verify(signature.toArray(), 0, key.toArray(), 0, data, 0, data.length);
    }
}
