package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks one segment from its first record to its end, and past damage to the next good record.
 *
 * <p>Behind a damaged header the next record is searched byte by byte: a record's checksum covers the segment's salt
 * and its own offset, so nothing but a record at its own place is taken for one.
 */
final class SegmentScanner {

    private static final int WINDOW_BYTES = 1 << 20;

    private final SegmentHeader segment;
    private final int size;
    private final int maxRecordBytes;
    private final ReadWindow window;
    private int damageStart = -1;
    private int wholeRecords;
    private long records;

    /** What is at the end of a segment: {@code end} is the offset behind the last good record. */
    record Tail(int end, int size, int wholeRecords, long records) {}

    /** Hears of what the walk finds, in order. */
    interface Findings {
        void record(int offset, ByteBuffer payload);

        void damage(int from, int to);
    }

    SegmentScanner(SegmentHeader segment, StoreFile file, int size, int maxRecordBytes) {
        this.segment = segment;
        this.size = size;
        this.maxRecordBytes = maxRecordBytes;
        this.window = new ReadWindow(file, Math.min(size, Math.max(WINDOW_BYTES, maxRecordBytes + RecordHeader.BYTES)));
    }

    Tail scan(Findings findings) throws IOException {
        int at = SegmentHeader.BYTES;
        while (at < size) {
            RecordHeader header = headerAt(at);
            if (header == null) {
                noteDamage(at);
                at = search(at + 1);
                continue;
            }
            int payloadAt = at + RecordHeader.BYTES;
            int end = payloadAt + header.length();
            if (header.filler()) {
                endDamage(at, findings);
            } else {
                ByteBuffer payload = window.at(payloadAt, header.length());
                if (header.matches(payload)) {
                    endDamage(at, findings);
                    records++;
                    findings.record(at, payload);
                } else {
                    noteDamage(at);
                    wholeRecords++;
                }
            }
            at = end;
        }
        return new Tail(damageStart < 0 ? size : damageStart, size, wholeRecords, records);
    }

    private void noteDamage(int at) {
        if (damageStart < 0) {
            damageStart = at;
        }
    }

    private void endDamage(int at, Findings findings) {
        if (damageStart >= 0) {
            findings.damage(damageStart, at);
            damageStart = -1;
            wholeRecords = 0;
        }
    }

    private int search(int from) throws IOException {
        for (int at = from; at <= size - RecordHeader.BYTES; at++) {
            if (headerAt(at) != null) {
                return at;
            }
        }
        return size;
    }

    /** The header of a record that begins at {@code at} and ends within the file. */
    private @Nullable RecordHeader headerAt(int at) throws IOException {
        if (at > size - RecordHeader.BYTES) {
            return null;
        }
        ByteBuffer bytes = window.at(at, RecordHeader.BYTES);
        RecordHeader header = RecordHeader.decode(bytes, 0, segment, at, maxRecordBytes);
        return header == null || header.length() > size - at - RecordHeader.BYTES ? null : header;
    }
}
