package io.pinfold.follower.offline;

import io.pinfold.chain.PinView;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.multiformats.Cid;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;

/** Finds the first pin in which a saved pinset differs from what the chain says. */
final class PinsetDifference {

    /** The order of both pinsets: that of the CIDs' bytes. */
    private static final Comparator<Cid> ORDER = (one, other) -> Arrays.compareUnsigned(one.toBytes().toArray(),
            other.toBytes().toArray());

    private PinsetDifference() {}

    /** The first difference, in the order of CIDs. */
    static Optional<Flaw> first(PinView saved, PinView chain) {
        long height = saved.mark().height();
        Iterator<PinEntry> ours = saved.entries().iterator();
        Iterator<PinEntry> theirs = chain.entries().iterator();
        while (ours.hasNext() && theirs.hasNext()) {
            PinEntry one = ours.next();
            PinEntry other = theirs.next();
            int order = ORDER.compare(one.pin().cid(), other.pin().cid());
            if (order < 0) {
                return surplus(height, one);
            }
            if (order > 0) {
                return lacking(height, other);
            }
            if (!one.equals(other)) {
                return flaw(height, one, "has other options in the saved state than in the chain");
            }
        }
        if (ours.hasNext()) {
            return surplus(height, ours.next());
        }
        return theirs.hasNext() ? lacking(height, theirs.next()) : Optional.empty();
    }

    private static Optional<Flaw> surplus(long height, PinEntry entry) {
        return flaw(height, entry, "is in the saved state and not in the chain");
    }

    private static Optional<Flaw> lacking(long height, PinEntry entry) {
        return flaw(height, entry, "is in the chain and not in the saved state");
    }

    private static Optional<Flaw> flaw(long height, PinEntry entry, String detail) {
        Cid cid = entry.pin().cid();
        return Optional.of(new Flaw(height, Optional.of(cid), "pin " + cid + ' ' + detail));
    }
}
