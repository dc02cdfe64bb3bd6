package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;

/**
 * A public key that another peer of the open network may have: Ed25519, or RSA as old nodes have.
 *
 * <p>For handshakes, records and messages of the network. What is signed within a cluster is signed with {@link PublicKey}
 * alone.
 */
public sealed interface PeerKey permits PublicKey, RsaPublicKey {

    /** The key in libp2p's protobuf form {@code message}; other types than Ed25519 and RSA are UNSUPPORTED. */
    static Decoded<PeerKey> decode(Bytes message) {
        return Decoded.attempt(() -> {
            KeyMessage key = KeyMessage.read(message);
            return switch (key.type()) {
                case ED25519 -> PublicKey.ofData(key.data());
                case RSA -> RsaPublicKey.ofData(key.data());
                default -> throw new RefusalException(Refusal.Kind.UNSUPPORTED,
                        key.type() + " keys are not supported, only ED25519 and RSA");
            };
        });
    }

    /** libp2p's protobuf form. */
    Bytes toBytes();

    /** Whether {@code signature} is this key's for {@code message}. */
    boolean verifies(Bytes message, Bytes signature);

    /** The peer id of this key. */
    PeerId peerId();
}
