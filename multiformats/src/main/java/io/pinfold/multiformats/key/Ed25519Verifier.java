package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The strict rules by which an Ed25519 signature (RFC 8032, pure) is accepted. */
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
