package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.StoreFile;
import io.pinfold.multiformats.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One open segment file: a header, and records up to {@link #length()}, all of them forced.
 *
 * <p>One thread at a time appends, any number read. What is behind the length is not part of the segment.
 */
final class Segment implements Closeable {

    private static final int FIRST_READ_BYTES = 4096;

    private final SegmentHeader header;
    private final StoreFile file;
    private final int maxRecordBytes;
    private volatile int length;
    private boolean dirty;

    Segment(SegmentHeader header, StoreFile file, int maxRecordBytes, int length) {
        this.header = header;
        this.file = file;
        this.maxRecordBytes = maxRecordBytes;
        this.length = length;
    }

    SegmentHeader header() {
        return header;
    }

    int length() {
        return length;
    }

    StoreFile file() {
        return file;
    }

    /** Writes and forces {@code payloads} as records, and returns their offsets; after an error the file is as before. */
    List<Integer> append(List<Bytes> payloads) throws IOException {
        cutLeftovers();
        RecordGroup group = new RecordGroup(header, length, payloads);
        dirty = true;
        file.write(group.bytes(), length);
        file.force();
        dirty = false;
        length = group.end();
        return group.offsets();
    }

    /** Cuts off what a failed append left; the file then ends with its last good record. */
    void cutLeftovers() throws IOException {
        if (dirty) {
            file.truncate(length);
            file.force();
            dirty = false;
        }
    }

    /** The record at {@code offset}, or null if none begins within the segment there. */
    @Nullable
    ReadResult read(int offset) throws IOException {
        if (offset < SegmentHeader.BYTES || offset > length - RecordHeader.BYTES) {
            return null;
        }
        int available = length - offset;
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(FIRST_READ_BYTES, available));
        file.read(bytes, offset);
        RecordHeader record = RecordHeader.decode(bytes, 0, header, offset, maxRecordBytes);
        if (record == null || record.filler() || record.length() > available - RecordHeader.BYTES) {
            return damaged(offset, offset + RecordHeader.BYTES);
        }
        int end = RecordHeader.BYTES + record.length();
        if (end > bytes.capacity()) {
            ByteBuffer whole = ByteBuffer.allocate(end).put(bytes.flip());
            file.read(whole, (long) offset + whole.position());
            bytes = whole;
        }
        ByteBuffer payload = bytes.slice(RecordHeader.BYTES, record.length());
        return record.matches(payload)
                ? new ReadResult.Found(Bytes.copyOf(bytes.array(), RecordHeader.BYTES, record.length()))
                : damaged(offset, offset + end);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private ReadResult damaged(int from, int to) {
        return new ReadResult.Damaged(new DamagedRange(header.segment(), from, to));
    }
}
