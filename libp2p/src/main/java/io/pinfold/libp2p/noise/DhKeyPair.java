package io.pinfold.libp2p.noise;

import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** An X25519 key pair of a handshake, ephemeral or static; never stored. */
final class DhKeyPair {

    /** Size of a key and of a shared secret. */
    static final int SIZE = 32;

    private final byte[] privateKey;
    private final byte[] publicKey;

    private DhKeyPair(byte[] privateKey) {
        this.privateKey = privateKey;
        publicKey = new byte[SIZE];
        X25519.generatePublicKey(privateKey, 0, publicKey, 0);
    }

    /** A fresh pair. */
    static DhKeyPair generate(SecureRandom random) {
        byte[] secret = new byte[SIZE];
        X25519.generatePrivateKey(random, secret);
        return new DhKeyPair(secret);
    }

    /** The pair of a given private key. */
    static DhKeyPair of(byte[] privateKey) {
        return new DhKeyPair(privateKey.clone());
    }

    /** The public key; not to be changed. */
    byte[] publicKey() {
        return publicKey;
    }

    /**
     * The secret shared with the holder of {@code remotePublic}.
     *
     * @throws HandshakeException if it is zero, which only keys of small order bring about
     */
    byte[] agree(byte[] remotePublic) throws HandshakeException {
        byte[] shared = new byte[SIZE];
        if (!X25519.calculateAgreement(privateKey, 0, remotePublic, 0, shared, 0)) {
            throw new HandshakeException(Reason.WEAK_KEY, "the shared secret is zero");
        }
        return shared;
    }
}
