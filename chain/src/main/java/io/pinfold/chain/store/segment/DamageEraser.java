package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Turns damaged ranges into fillers, which later walks pass over. */
final class DamageEraser {

    private final SegmentLogConfig config;
    private final SegmentFolder folder;
    private final RandomGenerator random;

    DamageEraser(SegmentLogConfig config, SegmentFolder folder, RandomGenerator random) {
        this.config = config;
        this.folder = folder;
        this.random = random;
    }

    /** Erases {@code range}; a segment without a good header gets a new one, in its file and in {@code segments}. */
    void erase(DamagedRange range, Map<Integer, Segment> segments) throws IOException {
        Segment segment = segments.get(range.segment());
        if (segment != null && range.from() >= SegmentHeader.BYTES) {
            fill(segment.file(), segment.header(), (int) range.from(), (int) range.to());
            return;
        }
        SegmentHeader header = new SegmentHeader(range.segment(), config.tagNumber(), 0, random.nextLong());
        StoreFile file = segment == null ? folder.create(header) : segment.file();
        fill(file, header, SegmentHeader.BYTES, (int) range.to());
        file.write(header.encode(), 0);
        file.force();
        segments.put(range.segment(), new Segment(header, file, config.maxRecordBytes(), SegmentHeader.BYTES));
    }

    private static void fill(StoreFile file, SegmentHeader segment, int from, int to) throws IOException {
        int length = to - from - RecordHeader.BYTES;
        if (length < 0) {
            file.truncate(from);
            file.force();
            return;
        }
        if (file.size() < to) {
            file.write(ByteBuffer.allocate(1), to - 1L);
        }
        ByteBuffer filler = ByteBuffer.allocate(RecordHeader.BYTES);
        RecordHeader.filler(length).encode(filler, segment, from);
        file.write(filler.flip(), from);
        file.force();
    }
}
