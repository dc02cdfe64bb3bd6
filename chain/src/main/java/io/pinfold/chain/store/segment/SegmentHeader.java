package io.pinfold.chain.store.segment;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of a segment: what it is, twice over.
 *
 * @param segment number of the file
 * @param tag what the records are
 * @param previousLength size of the segment before this one when it was ended; 0 if there was none or its header was
 *     damaged
 * @param salt a random number that goes into every record's checksum, so that no payload can pass for a record
 */
record SegmentHeader(int segment, int tag, int previousLength, long salt) {

    /** Two copies. */
    static final int BYTES = 64;

    /** One copy. */
    static final int COPY_BYTES = 32;

    static final int VERSION = 1;

    private static final int MAGIC = 0x50465347;
    private static final int CHECKED_BYTES = COPY_BYTES - 4;

    /** What the first bytes of a file are. */
    sealed interface Reading {

        /** A header; {@code intact} tells whether both copies are good. */
        record Valid(SegmentHeader header, boolean intact) implements Reading {}

        /** A header of a version that is unknown here. */
        record NewerVersion(int version) implements Reading {}

        /** No header. */
        record Damaged() implements Reading {}
    }

    ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        for (int copy = 0; copy < BYTES; copy += COPY_BYTES) {
            out.putInt(MAGIC).putInt(VERSION).putInt(tag).putInt(segment).putInt(previousLength).putLong(salt);
            out.putInt(checksum(out, copy));
        }
        return out.flip();
    }

    /** Reads the header of segment {@code segment} from {@code bytes}, which may be shorter than a header. */
    static Reading decode(ByteBuffer bytes, int segment) {
        Reading first = decodeCopy(bytes, 0, segment);
        Reading second = decodeCopy(bytes, COPY_BYTES, segment);
        if (first instanceof Reading.Valid(SegmentHeader header, _)) {
            return new Reading.Valid(header, first.equals(second));
        }
        if (first instanceof Reading.Damaged) {
            return second instanceof Reading.Valid(SegmentHeader header, _)
                    ? new Reading.Valid(header, false)
                    : second;
        }
        return first;
    }

    private static Reading decodeCopy(ByteBuffer bytes, int at, int segment) {
        if (bytes.limit() < at + COPY_BYTES || bytes.getInt(at) != MAGIC
                || bytes.getInt(at + CHECKED_BYTES) != checksum(bytes, at)) {
            return new Reading.Damaged();
        }
        int version = bytes.getInt(at + 4);
        if (version != VERSION) {
            return new Reading.NewerVersion(version);
        }
        if (bytes.getInt(at + 12) != segment) {
            return new Reading.Damaged();
        }
        return new Reading.Valid(new SegmentHeader(
                segment, bytes.getInt(at + 8), bytes.getInt(at + 16), bytes.getLong(at + 20)), true);
    }

    private static int checksum(ByteBuffer bytes, int at) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(at).limit(at + CHECKED_BYTES));
        return (int) crc.getValue();
    }
}
