package io.pinfold.libp2p.pnet;

import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** The key stream of one direction of a link: XSalsa20. */
final class Salsa {

    /** The size of a nonce, in bytes. */
    static final int NONCE_SIZE = 24;

    private final XSalsa20Engine engine = new XSalsa20Engine();

    Salsa(PreSharedKey key, byte[] nonce) {
        engine.init(true, new ParametersWithIV(new KeyParameter(key.bytes().toArray()), nonce));
    }

    /** Encrypts or decrypts, which is the same; source and target may be one. */
    void apply(byte[] source, int offset, int length, byte[] target, int targetOffset) {
        engine.processBytes(source, offset, length, target, targetOffset);
    }
}
