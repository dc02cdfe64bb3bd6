package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

/**
 * An RSA public key of {@value #MIN_BITS} to {@value #MAX_BITS} bits, which verifies PKCS #1 v1.5 signatures over SHA2-256.
 *
 * <p>The bounds are those of go-libp2p; the public exponent is odd and below 2^31, as Go has it. The encoding is the one
 * DER form of the key (PKIX), since the peer id is its hash; any other is refused.
 */
public final class RsaPublicKey implements PeerKey {

    /** The least size of the modulus, in bits. */
    public static final int MIN_BITS = 2_048;
    /** The greatest size of the modulus, in bits. */
    public static final int MAX_BITS = 8_192;

    /** The modulus and what is around it. */
    private static final int MAX_DER = MAX_BITS / Byte.SIZE + 64;
    private static final int MAX_EXPONENT_BITS = 31;

    private final Bytes der;
    private final RSAPublicKey key;

    private RsaPublicKey(Bytes der, RSAPublicKey key) {
        this.der = der;
        this.key = key;
    }

    /** The key in PKIX form. */
    static RsaPublicKey ofData(Bytes der) throws RefusalException {
        if (der.size() > MAX_DER) {
            throw new RefusalException(Refusal.Kind.TOO_LONG, "an RSA key of " + der.size() + " bytes");
        }
        RSAPublicKey key = parse(der);
        int bits = key.getModulus().bitLength();
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw new RefusalException(Refusal.Kind.UNSUPPORTED,
                    "an RSA key of " + bits + " bits, not " + MIN_BITS + " to " + MAX_BITS);
        }
        BigInteger exponent = key.getPublicExponent();
        if (exponent.bitLength() > MAX_EXPONENT_BITS || !exponent.testBit(0) || exponent.equals(BigInteger.ONE)
                || exponent.signum() < 0) {
            throw new RefusalException(Refusal.Kind.UNSUPPORTED, "an RSA key with a strange exponent");
        }
        if (!Bytes.copyOf(key.getEncoded()).equals(der)) {
            throw new RefusalException(Refusal.Kind.NOT_CANONICAL, "an RSA key in another form than DER");
        }
        return new RsaPublicKey(der, key);
    }

    private static RSAPublicKey parse(Bytes der) throws RefusalException {
        try {
            PublicKey parsed = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der.toArray()));
            if (parsed instanceof RSAPublicKey rsa) {
                return rsa;
            }
        } catch (GeneralSecurityException e) {
            throw new RefusalException(Refusal.Kind.MALFORMED, "no RSA key in PKIX form");
        }
        throw new RefusalException(Refusal.Kind.MALFORMED, "no RSA key");
    }

    /** The size of the modulus, in bits. */
    public int bits() {
        return key.getModulus().bitLength();
    }

    @Override
    public Bytes toBytes() {
        return new KeyMessage(KeyType.RSA, der).toBytes();
    }

    @Override
    public boolean verifies(Bytes message, Bytes signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(message.toArray());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public PeerId peerId() {
        return new PeerId(Multihash.sha256(toBytes()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RsaPublicKey that && der.equals(that.der);
    }

    @Override
    public int hashCode() {
        return der.hashCode();
    }

    @Override
    public String toString() {
        return "RSA key of " + peerId();
    }
}
