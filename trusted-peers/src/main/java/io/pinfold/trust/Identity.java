package io.pinfold.trust;

import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import java.security.SecureRandom;

/** Who a peer is: its private key, from which its peer id follows. */
public record Identity(PrivateKey key) {

    /** A new identity. */
    public static Identity generate(SecureRandom random) {
        return new Identity(PrivateKey.generate(random));
    }

    /** The peer id. */
    public PeerId id() {
        return key.peerId();
    }
}
