package io.pinfold.chain.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The sequence numbers of one author that have been applied, as ascending ranges with gaps between them. Immutable.
 *
 * <p>There are at most {@value #MAX_RANGES}; when one more would be needed the lowest gap closes, and its numbers count
 * as used. This is part of the protocol: every peer must do the same.
 */
public record SeqRanges(List<Range> ranges) {

    /** The greatest number of ranges of one author. */
    public static final int MAX_RANGES = 256;

    /** No number. */
    public static final SeqRanges NONE = new SeqRanges(List.of());

    /** The numbers {@code from} to {@code to}, both included. */
    public record Range(long from, long to) {

        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if they are out of order or of range
         */
        public Range {
            if (from < 1 || to < from || to > Limits.MAX_NUMBER) {
                throw new IllegalArgumentException("range " + from + " to " + to);
            }
        }
    }

    /**
     * Copies the list and checks it.
     *
     * @throws IllegalArgumentException if there are too many ranges, or they are not ascending with gaps
     */
    public SeqRanges {
        ranges = List.copyOf(ranges);
        if (ranges.size() > MAX_RANGES) {
            throw new IllegalArgumentException(ranges.size() + " ranges");
        }
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i).from() <= ranges.get(i - 1).to() + 1) {
                throw new IllegalArgumentException("ranges are not ascending with gaps");
            }
        }
    }

    /** Whether {@code seq} is in a range. */
    public boolean contains(long seq) {
        int at = position(seq);
        return at < ranges.size() && ranges.get(at).from() <= seq;
    }

    /** The greatest number, 0 if there is none. */
    public long highest() {
        return ranges.isEmpty() ? 0 : ranges.getLast().to();
    }

    /** These numbers and {@code seq}, which is not among them. */
    public SeqRanges plus(long seq) {
        int at = position(seq);
        if (at < ranges.size() && ranges.get(at).from() <= seq) {
            throw new IllegalArgumentException("number " + seq + " is used");
        }
        boolean joinsBelow = at > 0 && ranges.get(at - 1).to() == seq - 1;
        boolean joinsAbove = at < ranges.size() && ranges.get(at).from() == seq + 1;
        List<Range> next = new ArrayList<>(ranges);
        if (joinsBelow && joinsAbove) {
            next.set(at - 1, new Range(ranges.get(at - 1).from(), ranges.get(at).to()));
            next.remove(at);
        } else if (joinsBelow) {
            next.set(at - 1, new Range(ranges.get(at - 1).from(), seq));
        } else if (joinsAbove) {
            next.set(at, new Range(seq, ranges.get(at).to()));
        } else {
            next.add(at, new Range(seq, seq));
            closeLowestGap(next);
        }
        return new SeqRanges(next);
    }

    private static void closeLowestGap(List<Range> ranges) {
        if (ranges.size() > MAX_RANGES) {
            Range second = ranges.remove(1);
            ranges.set(0, new Range(ranges.get(0).from(), second.to()));
        }
    }

    /** Index of the first range that does not end below {@code seq}. */
    private int position(long seq) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).to() < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
