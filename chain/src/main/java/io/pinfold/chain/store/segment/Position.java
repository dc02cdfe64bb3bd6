package io.pinfold.chain.store.segment;

/**
 * The place of a record in a log: its segment in the upper 32 bits, its offset in that file in the lower.
 *
 * <p>Later records have greater positions. No record has position {@link #NONE}.
 */
public final class Position {

    /** A number that is no record's position. */
    public static final long NONE = 0;

    private Position() {}

    static long of(int segment, int offset) {
        return (long) segment << 32 | offset;
    }

    static int segment(long position) {
        return (int) (position >>> 32);
    }

    static int offset(long position) {
        return (int) position;
    }

    /** Whether two records are in one segment. */
    public static boolean sameSegment(long one, long other) {
        return segment(one) == segment(other);
    }

    /** A printed position: segment, colon, offset. */
    public static String toString(long position) {
        return segment(position) + ":" + offset(position);
    }
}
