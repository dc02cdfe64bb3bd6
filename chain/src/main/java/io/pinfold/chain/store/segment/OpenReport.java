package io.pinfold.chain.store.segment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;

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

    /** Writes to {@code log} what is worth a warning about the log in {@code folder}. */
    public void log(Logger log, Path folder) {
        cut.ifPresent(tail -> log.warn("{}: a crash or damage left {} bytes at the end of segment {}, cut off at {}"
                + " ({} whole records)", folder, tail.bytes(), tail.segment(), tail.from(), tail.wholeRecords()));
        if (mendedHeaders > 0) {
            log.warn("{}: {} segment headers were damaged and are mended", folder, mendedHeaders);
        }
        for (DamagedRange range : damaged) {
            log.warn("{}: segment {} is damaged from {} to {}", folder, range.segment(), range.from(), range.to());
        }
    }
}
