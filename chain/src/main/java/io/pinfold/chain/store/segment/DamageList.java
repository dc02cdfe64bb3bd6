package io.pinfold.chain.store.segment;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The known damaged ranges of a log, in order; at most {@value #MAX_RANGES} of them are remembered. */
public final class DamageList {

    /** Ranges remembered; a log with more is beyond piecemeal repair, and those behind are found again when read. */
    public static final int MAX_RANGES = 10_000;

    private final SortedSet<DamagedRange> ranges = new TreeSet<>();

    DamageList() {}

    synchronized void add(DamagedRange range) {
        if (ranges.size() < MAX_RANGES) {
            ranges.add(range);
        }
    }

    synchronized void remove(DamagedRange range) {
        ranges.remove(range);
    }

    synchronized void removeSegment(int segment) {
        ranges.removeIf(range -> range.segment() == segment);
    }

    synchronized boolean contains(DamagedRange range) {
        return ranges.contains(range);
    }

    synchronized List<DamagedRange> toList() {
        return List.copyOf(ranges);
    }
}
