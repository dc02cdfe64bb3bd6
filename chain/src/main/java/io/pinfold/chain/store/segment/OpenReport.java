package io.pinfold.chain.store.segment;

import java.util.List;
import java.util.Optional;

/**
 * What opening a log found.
 *
 * @param records good records
 * @param bytes sizes of the files together
 * @param damaged what cannot be served, in order, at most {@link DamageList#MAX_RANGES} of them
 * @param mendedHeaders files of whose two headers one was damaged, and was written anew
 * @param cut what was cut off the end
 */
public record OpenReport(long records, long bytes, List<DamagedRange> damaged, int mendedHeaders,
        Optional<TailCut> cut) {

    /** Copies the list. */
    public OpenReport {
        damaged = List.copyOf(damaged);
    }
}
