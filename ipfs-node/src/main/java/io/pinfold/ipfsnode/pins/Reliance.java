package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.Multihash;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The blocks that one session relies on and that are not written down as kept yet. For one thread. */
final class Reliance {

    /**
     * Blocks that are relied on although something else keeps them, since a walk may tell of a block before its parents, and what
     * keeps it may end between the two. A walk of ours is at most some thousand blocks ahead; past the bound the oldest are let go.
     */
    private static final int MAX_FADING = 4_096;

    private final Guards guards;
    private final Set<Multihash> hashes = new HashSet<>();
    private final Set<Multihash> fading = new LinkedHashSet<>();

    Reliance(Guards guards) {
        this.guards = guards;
    }

    void on(Multihash hash) {
        fading.remove(hash);
        if (hashes.add(hash)) {
            guards.relyOn(hash);
        }
    }

    void end(Multihash hash) {
        fading.remove(hash);
        if (hashes.remove(hash)) {
            guards.release(hash);
        }
    }

    /** Ends it some time later, with the session at the latest. */
    void endLater(Multihash hash) {
        if (hashes.contains(hash) && fading.add(hash) && fading.size() > MAX_FADING) {
            end(fading.iterator().next());
        }
    }

    /** Ends it for all, which are given. */
    List<Multihash> endAll() {
        List<Multihash> all = List.copyOf(hashes);
        all.forEach(this::end);
        return all;
    }
}
