package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;

/**
 * An Ed25519 public key.
 *
 * <p>It may be any 32 bytes: a key that is no usable point verifies nothing.
 *
 * @param raw the encoded point, 32 bytes
 */
public record PublicKey(Bytes raw) implements PeerKey {

    /** Size of the raw key, in bytes. */
    public static final int SIZE = 32;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if {@code raw} is not 32 bytes
     */
    public PublicKey {
        if (raw.size() != SIZE) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + raw.size());
        }
    }

    /** The key in libp2p's protobuf form {@code message}; other types than Ed25519 are UNSUPPORTED. */
    public static Decoded<PublicKey> decode(Bytes message) {
        return Decoded.attempt(() -> ofData(KeyMessage.read(message).ed25519()));
    }

    static PublicKey ofData(Bytes raw) throws RefusalException {
        if (raw.size() != SIZE) {
            throw new RefusalException(Refusal.Kind.MALFORMED,
                    "an Ed25519 public key has 32 bytes, not " + raw.size());
        }
        return new PublicKey(raw);
    }

    /** The type of the public key in libp2p's protobuf form {@code message}, whether or not we can use it. */
    public static Decoded<KeyType> typeOf(Bytes message) {
        return Decoded.attempt(() -> KeyMessage.read(message).type());
    }

    @Override
    public Bytes toBytes() {
        return new KeyMessage(KeyType.ED25519, raw).toBytes();
    }

    /** Whether {@code signature} is this key's for {@code message}, by the strict rules of {@link Ed25519Verifier}. */
    @Override
    public boolean verifies(Bytes message, Bytes signature) {
        return Ed25519Verifier.verifies(raw, message, signature);
    }

    /** The peer id that inlines this key. */
    @Override
    public PeerId peerId() {
        return PeerId.of(this);
    }
}
