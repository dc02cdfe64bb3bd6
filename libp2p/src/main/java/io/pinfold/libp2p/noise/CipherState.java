package io.pinfold.libp2p.noise;

import io.pinfold.multiformats.NativeCryptography;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key and a message counter: Noise's CipherState with ChaChaPoly (section 12.3).
 *
 * <p>For one direction, and for one thread at a time. After 2^64 - 1 messages it refuses to go on.
 */
final class CipherState {

    /** What authentication adds to each message. */
    static final int TAG_SIZE = 16;

    private static final int NONCE_SIZE = 12;
    private static final int COUNTER_OFFSET = 4;
    private static final VarHandle COUNTER = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);

    private final SecretKey key;
    private final Cipher cipher;
    private long counter;

    /** The state with {@code key} at counter zero. */
    CipherState(byte[] key) {
        this.key = new SecretKeySpec(key, "ChaCha20");
        try {
            Optional<Provider> provider = NativeCryptography.provider();
            cipher = provider.isPresent()
                    ? Cipher.getInstance("ChaCha20/Poly1305/NoPadding", provider.get())
                    : Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every provider has ChaCha20-Poly1305", e);
        }
    }

    /** Encrypts {@code length} bytes into {@code target} and returns the size with the tag. */
    int encrypt(byte[] associated, byte[] source, int offset, int length, byte[] target, int targetOffset) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nextNonce());
            cipher.updateAAD(associated);
            return cipher.doFinal(source, offset, length, target, targetOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed", e);
        }
    }

    /**
     * Decrypts {@code length} bytes, the tag among them, into {@code target}, which may be the same array, and returns
     * the size without the tag.
     *
     * @throws AEADBadTagException if the tag does not hold; nothing may be read with this state afterwards
     */
    int decrypt(byte[] associated, byte[] source, int offset, int length, byte[] target, int targetOffset)
            throws AEADBadTagException {
        if (length < TAG_SIZE) {
            throw new AEADBadTagException("shorter than a tag");
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nextNonce());
            cipher.updateAAD(associated);
            return cipher.doFinal(source, offset, length, target, targetOffset);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decryption failed", e);
        }
    }

    private IvParameterSpec nextNonce() {
        if (counter == -1) {
            throw new IllegalStateException("the nonces of this key are used up");
        }
        byte[] nonce = new byte[NONCE_SIZE];
        COUNTER.set(nonce, COUNTER_OFFSET, counter++);
        return new IvParameterSpec(nonce);
    }
}
