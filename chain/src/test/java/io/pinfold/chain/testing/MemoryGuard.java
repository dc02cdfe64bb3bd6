package io.pinfold.chain.testing;

import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.Guard;
import io.pinfold.trust.HeadMark;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A guard log in memory, which survives its users. */
public final class MemoryGuard implements Guard {

    private final Map<PeerId, HeadMark> heads = new HashMap<>();
    private long reserved;

    @Override
    public long reserved() {
        return reserved;
    }

    @Override
    public void reserve(long seq) {
        if (seq <= reserved) {
            throw new IllegalArgumentException("number " + seq + " is not above " + reserved);
        }
        reserved = seq;
    }

    @Override
    public List<HeadMark> heads() {
        return List.copyOf(heads.values());
    }

    @Override
    public void accept(Collection<HeadMark> accepted) {
        accepted.forEach(head -> heads.merge(head.voter(), head, (a, b) -> b.isNewerThan(a) ? b : a));
    }

    /** A copy, as of a folder. */
    public MemoryGuard copy() {
        MemoryGuard copy = new MemoryGuard();
        copy.heads.putAll(heads);
        copy.reserved = reserved;
        return copy;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
