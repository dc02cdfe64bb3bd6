package io.pinfold.trust;

import io.pinfold.multiformats.PeerId;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The keys that a cluster trusts and what for. All are Ed25519.
 *
 * @param publishers whose blocks and heads count; an empty set trusts nobody
 * @param admins who change the trusted keys and the settings together
 * @param threshold how many admins must sign, 1 to their number
 */
public record KeySet(SortedSet<PeerId> publishers, SortedSet<PeerId> admins, int threshold) {

    /** The greatest number of publishers, and of admins. */
    public static final int MAX_KEYS = 64;

    /**
     * Copies the sets and checks them.
     *
     * @throws IllegalArgumentException if there are too many keys, one is not Ed25519, or the threshold cannot be met
     */
    public KeySet {
        publishers = copy("publisher", publishers);
        admins = copy("admin", admins);
        if (threshold < 1 || threshold > admins.size()) {
            throw new IllegalArgumentException("threshold is " + threshold + " of " + admins.size() + " admins");
        }
    }

    /** A set whose publishers are its admins too, each of whom may act alone. */
    public static KeySet of(Collection<PeerId> keys) {
        SortedSet<PeerId> sorted = new TreeSet<>(keys);
        return new KeySet(sorted, sorted, 1);
    }

    private static SortedSet<PeerId> copy(String what, Set<PeerId> keys) {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(
                    keys.size() + " " + what + " keys, at most " + MAX_KEYS + " allowed");
        }
        for (PeerId key : keys) {
            if (key.publicKey().isEmpty()) {
                throw new IllegalArgumentException(what + " key " + key + " is not Ed25519");
            }
        }
        return Collections.unmodifiableSortedSet(new TreeSet<>(keys));
    }
}
