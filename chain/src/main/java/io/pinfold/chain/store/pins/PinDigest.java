package io.pinfold.chain.store.pins;

import io.pinfold.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Counts pins and digests them as they pass in order. */
final class PinDigest {

    private final MessageDigest sha256;
    private long count;

    PinDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(RawPin pin) {
        count++;
        add(pin.key());
        add(pin.value());
    }

    long count() {
        return count;
    }

    /** The digest of all that was added; nothing may be added afterwards. */
    Bytes finish() {
        return Bytes.copyOf(sha256.digest());
    }

    private void add(byte[] bytes) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha256.update(bytes);
    }
}
