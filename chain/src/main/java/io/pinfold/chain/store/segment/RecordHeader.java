package io.pinfold.chain.store.segment;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The {@value #BYTES} bytes before each payload.
 *
 * @param filler whether the payload is bytes that were damaged and are done with, rather than a record
 * @param length bytes of payload
 * @param payloadChecksum CRC32C of the payload; 0 and not looked at for a filler
 */
record RecordHeader(boolean filler, int length, int payloadChecksum) {

    static final int BYTES = 16;

    static final int RECORD_MARK = 0x5246_4f4c;
    static final int FILLER_MARK = 0x4646_4f4c;

    private static final int CHECKED_BYTES = BYTES - 4;

    static RecordHeader of(ByteBuffer payload) {
        return new RecordHeader(false, payload.remaining(), checksum(payload));
    }

    static RecordHeader filler(int length) {
        return new RecordHeader(true, length, 0);
    }

    /** Puts this header at the position of {@code out}; it will stand at {@code offset} of {@code segment}. */
    void encode(ByteBuffer out, SegmentHeader segment, int offset) {
        int at = out.position();
        out.putInt(filler ? FILLER_MARK : RECORD_MARK).putInt(length).putInt(payloadChecksum);
        out.putInt(checksum(out, at, segment, offset));
    }

    /** The header in {@code bytes} from {@code at}, which stands at {@code offset} of {@code segment}, or null. */
    static @Nullable RecordHeader decode(ByteBuffer bytes, int at, SegmentHeader segment, int offset, int maxLength) {
        int mark = bytes.getInt(at);
        if ((mark != RECORD_MARK && mark != FILLER_MARK)
                || bytes.getInt(at + CHECKED_BYTES) != checksum(bytes, at, segment, offset)) {
            return null;
        }
        RecordHeader header = new RecordHeader(mark == FILLER_MARK, bytes.getInt(at + 4), bytes.getInt(at + 8));
        return header.length < 0 || (!header.filler && header.length > maxLength) ? null : header;
    }

    /** Whether {@code payload}, of the right length, is what was written. */
    boolean matches(ByteBuffer payload) {
        return filler || checksum(payload) == payloadChecksum;
    }

    private static int checksum(ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload.duplicate());
        return (int) crc.getValue();
    }

    private static int checksum(ByteBuffer bytes, int at, SegmentHeader segment, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16).putLong(segment.salt()).putInt(segment.segment()).putInt(offset).flip());
        crc.update(bytes.duplicate().position(at).limit(at + CHECKED_BYTES));
        return (int) crc.getValue();
    }
}
