package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.Multihash;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The blocks that one session relies on and that are not written down as kept yet. For one thread. */
final class Reliance {

    private final Guards guards;
    private final Set<Multihash> hashes = new HashSet<>();

    Reliance(Guards guards) {
        this.guards = guards;
    }

    void on(Multihash hash) {
        if (hashes.add(hash)) {
            guards.relyOn(hash);
        }
    }

    void end(Multihash hash) {
        if (hashes.remove(hash)) {
            guards.release(hash);
        }
    }

    /** Ends it for all, which are given. */
    List<Multihash> endAll() {
        List<Multihash> all = List.copyOf(hashes);
        all.forEach(this::end);
        return all;
    }
}
