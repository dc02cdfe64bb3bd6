package io.pinfold.multiformats;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Digests of one function of the SHA-2 family, each lent to one thread at a time: making one costs as much as hashing a small block. */
final class Digests {

    /** Those that are kept while nobody hashes; as many more are made as are needed at once. */
    private static final int KEPT = 16;

    private final String algorithm;
    private final BlockingQueue<MessageDigest> idle = new ArrayBlockingQueue<>(KEPT);

    Digests(String algorithm) {
        this.algorithm = algorithm;
    }

    byte[] of(byte[] data) {
        MessageDigest kept = idle.poll();
        MessageDigest digest = kept == null ? make() : kept;
        byte[] hash = digest.digest(data);
        idle.offer(digest);
        return hash;
    }

    private MessageDigest make() {
        try {
            Optional<Provider> provider = NativeCryptography.provider();
            return provider.isPresent()
                    ? MessageDigest.getInstance(algorithm, provider.get())
                    : MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every provider has " + algorithm, e);
        }
    }
}
