package io.pinfold.multiformats;

import java.security.Provider;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/**
 * SHA-2 and ChaCha20-Poly1305 in machine code, where there is a library for this machine: as fast from the first byte as the
 * JDK's own become once its second compiler has worked on them, which peers run without.
 */
public final class NativeCryptography {

    private static final Optional<Provider> PROVIDER = load();

    private NativeCryptography() {}

    /** The provider; empty where its library does not load, and the JDK's is to be used. */
    public static Optional<Provider> provider() {
        return PROVIDER;
    }

    private static Optional<Provider> load() {
        try {
            return Conscrypt.isAvailable() ? Optional.of(Conscrypt.newProvider()) : Optional.empty();
        } catch (LinkageError e) {
            return Optional.empty(); // programs that hash and encrypt little leave it out
        }
    }
}
