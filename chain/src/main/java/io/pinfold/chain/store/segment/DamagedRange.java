package io.pinfold.chain.store.segment;

/**
 * Bytes of a segment that are not what was written.
 *
 * @param segment number of the file
 * @param from first byte; 0 if the file's header is damaged, so that none of its records can be told
 * @param to the byte behind the last; 0 if the whole file is missing
 */
public record DamagedRange(int segment, long from, long to) implements Comparable<DamagedRange> {

    /** Checks that the range is one. */
    public DamagedRange {
        if (segment < 1 || from < 0 || to < from) {
            throw new IllegalArgumentException("no range: " + segment + " " + from + ".." + to);
        }
    }

    /** Number of bytes. */
    public long size() {
        return to - from;
    }

    /** Whether the record at {@code position} begins in this range. */
    public boolean holds(long position) {
        long offset = Position.offset(position);
        return Position.segment(position) == segment && offset >= from && offset < to;
    }

    @Override
    public int compareTo(DamagedRange other) {
        int bySegment = Integer.compare(segment, other.segment);
        int byFrom = bySegment != 0 ? bySegment : Long.compare(from, other.from);
        return byFrom != 0 ? byFrom : Long.compare(to, other.to);
    }
}
