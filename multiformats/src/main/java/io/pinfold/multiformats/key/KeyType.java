package io.pinfold.multiformats.key;

import java.util.Arrays;
import java.util.Optional;

/**
 * The key types of libp2p: {@link #ED25519} keys sign and verify here, {@link #RSA} keys of other peers verify, the others are recognised.
 */
public enum KeyType {
    /** RSA, in PKIX and PKCS #1 form. */
    RSA(0),
    /** Ed25519, raw. */
    ED25519(1),
    /** ECDSA over secp256k1, raw. */
    SECP256K1(2),
    /** ECDSA over P-256, in DER. */
    ECDSA(3);

    private final int code;

    KeyType(int code) {
        this.code = code;
    }

    /** The number of this type in the protobuf enumeration {@code KeyType}. */
    public int code() {
        return code;
    }

    /** The type with number {@code code}. */
    public static Optional<KeyType> of(long code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findAny();
    }
}
