package io.pinfold.trust;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The trusted keys along one branch: each version governs the blocks above the height of its anchor.
 *
 * @param byAnchor versions by the height of their anchor, from 0 for the genesis; heights and versions ascend together
 */
public record TrustHistory(NavigableMap<Long, TrustedSet> byAnchor) {

    /**
     * Copies the map and checks it.
     *
     * @throws IllegalArgumentException if the genesis is not the first, or versions do not follow one another
     */
    public TrustHistory {
        byAnchor = Collections.unmodifiableNavigableMap(new TreeMap<>(byAnchor));
        if (!byAnchor.containsKey(0L)) {
            throw new IllegalArgumentException("the history has no genesis");
        }
        long expected = 0;
        for (TrustedSet set : byAnchor.values()) {
            if (set.version() != expected++) {
                throw new IllegalArgumentException("version " + set.version() + " is out of order");
            }
        }
    }

    /** The history that begins, and so far ends, with the keys of the genesis. */
    public static TrustHistory of(KeySet genesis) {
        return new TrustHistory(new TreeMap<>(Collections.singletonMap(0L, new TrustedSet(0, genesis))));
    }

    /** The keys that a block at {@code height}, from 1, is judged by. */
    public TrustedSet at(long height) {
        return byAnchor.lowerEntry(height).getValue();
    }

    /** The keys of the greatest version. */
    public TrustedSet newest() {
        return byAnchor.lastEntry().getValue();
    }

    /** This history and the next version {@code keys}, anchored at {@code anchor}, above all anchors before it. */
    public TrustHistory plus(long anchor, KeySet keys) {
        if (anchor <= byAnchor.lastKey()) {
            throw new IllegalArgumentException("anchor at height " + anchor + " is below one before it");
        }
        NavigableMap<Long, TrustedSet> next = new TreeMap<>(byAnchor);
        next.put(anchor, new TrustedSet(newest().version() + 1, keys));
        return new TrustHistory(next);
    }
}
