package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.Multihash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which blocks somebody relies on before it is written down that they are kept, and which are being removed: never both.
 */
final class Guards {

    private final Map<Multihash, Integer> relied = new HashMap<>();
    private final Set<Multihash> leaving = new HashSet<>();

    /** From now on the block is not removed; waits while it is being removed. */
    synchronized void relyOn(Multihash hash) {
        boolean interrupted = false;
        while (leaving.contains(hash)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        relied.merge(hash, 1, Integer::sum);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes one {@link #relyOn} back. */
    synchronized void release(Multihash hash) {
        relied.computeIfPresent(hash, (_, count) -> count == 1 ? null : count - 1);
    }

    /** Those of {@code hashes} that nobody relies on: they may be removed until {@link #gone} is called. */
    synchronized List<Multihash> claim(Collection<Multihash> hashes) {
        List<Multihash> free = new ArrayList<>();
        for (Multihash hash : hashes) {
            if (!relied.containsKey(hash) && leaving.add(hash)) {
                free.add(hash);
            }
        }
        return free;
    }

    /** They are removed. */
    synchronized void gone(Collection<Multihash> hashes) {
        hashes.forEach(leaving::remove);
        notifyAll();
    }
}
