package io.pinfold.libp2p.noise;

import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The chaining key and transcript hash of a handshake: Noise's SymmetricState with SHA256 (section 5.2). */
final class SymmetricState {

    private static final String HMAC = "HmacSHA256";

    private byte[] chainingKey;
    private byte[] hash;
    private @Nullable CipherState cipher;

    /** The state that the 32 ASCII characters of {@code protocolName} begin. */
    SymmetricState(String protocolName) {
        hash = protocolName.getBytes(StandardCharsets.US_ASCII);
        if (hash.length != DhKeyPair.SIZE) {
            throw new IllegalArgumentException("a protocol name of 32 characters stands for itself");
        }
        chainingKey = hash;
    }

    /** What both sides saw so far, in 32 bytes. */
    byte[] hash() {
        return hash.clone();
    }

    void mixHash(byte[] data) {
        MessageDigest digest = sha256();
        digest.update(hash);
        hash = digest.digest(data);
    }

    void mixKey(byte[] secret) {
        byte[][] keys = derive(secret);
        chainingKey = keys[0];
        cipher = new CipherState(keys[1]);
    }

    /** Encrypts {@code plaintext} if there is a key yet, and mixes the result in. */
    byte[] encryptAndHash(byte[] plaintext) {
        byte[] text = plaintext;
        if (cipher != null) {
            text = new byte[plaintext.length + CipherState.TAG_SIZE];
            cipher.encrypt(hash, plaintext, 0, plaintext.length, text, 0);
        }
        mixHash(text);
        return text;
    }

    /** Decrypts {@code text} if there is a key yet, and mixes it in. */
    byte[] decryptAndHash(byte[] text) throws HandshakeException {
        byte[] plaintext = text;
        if (cipher != null) {
            byte[] target = new byte[text.length];
            try {
                int size = cipher.decrypt(hash, text, 0, text.length, target, 0);
                plaintext = Arrays.copyOf(target, size);
            } catch (AEADBadTagException e) {
                throw new HandshakeException(Reason.TAMPERED, "a handshake message is not authentic", e);
            }
        }
        mixHash(text);
        return plaintext;
    }

    /** The two keys of the channel: of what the initiator sends, and of what the responder sends. */
    CipherState[] split() {
        byte[][] keys = derive(new byte[0]);
        return new CipherState[]{new CipherState(keys[0]), new CipherState(keys[1])};
    }

    /** HKDF with two outputs (section 4.3). */
    private byte[][] derive(byte[] material) {
        byte[] temporary = hmac(chainingKey, material);
        byte[] first = hmac(temporary, new byte[]{1});
        byte[] more = Arrays.copyOf(first, first.length + 1);
        more[first.length] = 2;
        return new byte[][]{first, hmac(temporary, more)};
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + HMAC, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
        }
    }
}
