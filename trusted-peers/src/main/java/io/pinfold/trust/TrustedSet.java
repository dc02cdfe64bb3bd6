package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.util.Map;

/**
 * The keys that are trusted at some place of a chain.
 *
 * @param version 0 for the genesis, one more with each change
 */
public record TrustedSet(long version, KeySet keys) {

    /**
     * Checks the version.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public TrustedSet {
        if (version < 0) {
            throw new IllegalArgumentException("version is " + version);
        }
    }

    /** Whether blocks and heads of {@code key} count. */
    public boolean isPublisher(PeerId key) {
        return keys.publishers().contains(key);
    }

    /** Whether {@code key} may sign changes of trust and settings. */
    public boolean isAdmin(PeerId key) {
        return keys.admins().contains(key);
    }

    /** Whether enough admins signed {@code message}: every signature is an admin's and holds, and they are enough. */
    public boolean isApproved(Bytes message, Map<PeerId, Bytes> signatures) {
        return signatures.size() >= keys.threshold()
                && signatures.entrySet()
                        .stream()
                        .allMatch(entry -> isAdmin(entry.getKey())
                                && entry.getKey().publicKey().orElseThrow().verifies(message, entry.getValue()));
    }
}
