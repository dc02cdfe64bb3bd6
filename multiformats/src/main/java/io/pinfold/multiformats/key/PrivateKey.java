package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 private key. {@link #toString} never shows it. */
public final class PrivateKey {

    private static final int SEED_SIZE = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final byte[] raw;
    private final PublicKey publicKey;

    private PrivateKey(byte[] seed) {
        this.seed = seed;
        this.raw = new byte[PublicKey.SIZE];
        Ed25519.generatePublicKey(seed, 0, raw, 0);
        this.publicKey = new PublicKey(Bytes.copyOf(raw));
    }

    /** A new key. */
    public static PrivateKey generate(SecureRandom random) {
        byte[] seed = new byte[SEED_SIZE];
        random.nextBytes(seed);
        return new PrivateKey(seed);
    }

    /**
     * The key that RFC 8032 derives from {@code seed}.
     *
     * @throws IllegalArgumentException if the seed is not 32 bytes
     */
    public static PrivateKey fromSeed(Bytes seed) {
        if (seed.size() != SEED_SIZE) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.size());
        }
        return new PrivateKey(seed.toArray());
    }

    /**
     * The key in libp2p's protobuf form {@code message}; other types than Ed25519 are UNSUPPORTED.
     *
     * <p>The data is the seed and the public key, which must belong together. The older form of 96 bytes, with the public
     * key twice, is accepted too, as the specification asks.
     */
    public static Decoded<PrivateKey> decode(Bytes message) {
        return Decoded.attempt(() -> {
            Bytes data = KeyMessage.read(message).ed25519();
            if (data.size() != 64 && data.size() != 96) {
                throw new RefusalException(Refusal.Kind.MALFORMED,
                        "an Ed25519 private key has 64 bytes, not " + data.size());
            }
            PrivateKey key = new PrivateKey(data.slice(0, SEED_SIZE).toArray());
            for (int at = SEED_SIZE; at < data.size(); at += PublicKey.SIZE) {
                if (!data.slice(at, at + PublicKey.SIZE).equals(key.publicKey.raw())) {
                    throw new RefusalException(Refusal.Kind.MALFORMED,
                            "public and private part do not belong together");
                }
            }
            return key;
        });
    }

    /** libp2p's protobuf form, with seed and public key as data. To be kept secret. */
    public Bytes toBytes() {
        return new KeyMessage(KeyType.ED25519, Bytes.copyOf(seed).concat(publicKey.raw())).toBytes();
    }

    /** The key that verifies what this one signs. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The peer id of the public key. */
    public PeerId peerId() {
        return publicKey.peerId();
    }

    /** The signature, 64 bytes, of {@code message}. */
    public Bytes sign(Bytes message) {
        byte[] data = message.toArray();
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, raw, 0, data, 0, data.length, signature, 0);
        return Bytes.copyOf(signature);
    }

    @Override
    public String toString() {
        return "PrivateKey of " + peerId();
    }
}
