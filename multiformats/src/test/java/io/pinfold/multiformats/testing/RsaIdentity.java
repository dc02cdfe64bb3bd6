package io.pinfold.multiformats.testing;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Varint;
import io.pinfold.multiformats.key.PeerKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/** An RSA key pair, such as an old node has. */
public final class RsaIdentity {

    private final KeyPair pair;

    /** A new pair of {@code bits} bits. */
    public RsaIdentity(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as a protobuf message. */
    public Bytes message() {
        return message(Bytes.copyOf(pair.getPublic().getEncoded()));
    }

    /** The protobuf message with {@code der} as an RSA key. */
    public static Bytes message(Bytes der) {
        return Bytes.fromHex("080012").concat(Bytes.copyOf(Varint.encode(der.size()))).concat(der);
    }

    /** The public key. */
    public PeerKey key() {
        return PeerKey.decode(message()).orElseThrow();
    }

    /** A signature of {@code message}. */
    public Bytes sign(Bytes message) {
        return sign(message, "SHA256withRSA");
    }

    /** A signature of {@code message} by another algorithm. */
    public Bytes sign(Bytes message, String algorithm) {
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(pair.getPrivate());
            signer.update(message.toArray());
            return Bytes.copyOf(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
