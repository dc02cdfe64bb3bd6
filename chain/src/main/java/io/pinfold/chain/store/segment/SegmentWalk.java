package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.StoreFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The walk over all segments of a log at opening. It changes nothing until every header has been read. */
final class SegmentWalk implements Closeable {

    private static final int MAX_FILE_BYTES = Integer.MAX_VALUE - SegmentHeader.BYTES;

    private final SegmentLogConfig config;
    private final SegmentFolder folder;
    private final RecordVisitor visitor;
    private final SortedMap<Integer, Opened> opened = new TreeMap<>();
    private final SortedMap<Integer, Segment> segments = new TreeMap<>();
    private final DamageList damage = new DamageList();
    private int lastNumber;
    private long records;
    private int mendedHeaders;
    private @Nullable Segment active;
    private @Nullable TailCut cut;

    /** A file and what its first bytes say; its size is clamped to what offsets can name. */
    private record Opened(StoreFile file, int size, SegmentHeader.Reading reading) {}

    SegmentWalk(SegmentLogConfig config, SegmentFolder folder, RecordVisitor visitor) {
        this.config = config;
        this.folder = folder;
        this.visitor = visitor;
    }

    /** Walks; a refusal means that the log is not ours to open, and that nothing was changed. */
    Optional<OpenResult.Refused> walk() throws IOException {
        SortedSet<Integer> numbers = folder.numbers();
        for (int number : numbers) {
            Optional<OpenResult.Refused> refusal = openFile(number);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        if (!numbers.isEmpty()) {
            lastNumber = numbers.last();
            for (int number = numbers.first(); number <= lastNumber; number++) {
                walk(number);
            }
        }
        return Optional.empty();
    }

    OpenSegments segments() {
        return new OpenSegments(segments, active, lastNumber, damage);
    }

    OpenReport report() {
        long bytes = segments.values().stream().mapToLong(Segment::length).sum();
        return new OpenReport(records, bytes, damage.toList(), mendedHeaders, Optional.ofNullable(cut));
    }

    @Override
    public void close() {
        for (Opened each : opened.values()) {
            try {
                each.file.close();
            } catch (IOException e) {
                throw new IllegalStateException("a file that was only read could not be closed", e);
            }
        }
    }

    private Optional<OpenResult.Refused> openFile(int number) throws IOException {
        StoreFile file = folder.open(number);
        ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
        int size = (int) Math.min(file.size(), MAX_FILE_BYTES);
        bytes.limit(file.read(bytes, 0));
        SegmentHeader.Reading reading = SegmentHeader.decode(bytes, number);
        opened.put(number, new Opened(file, size, reading));
        return switch (reading) {
            case SegmentHeader.Reading.NewerVersion(int version) -> refused(OpenResult.Reason.NEWER_VERSION,
                    folder.path(number) + " is of format version " + version);
            case SegmentHeader.Reading.Valid(SegmentHeader header, _) when header.tag() != config.tagNumber() ->
                refused(OpenResult.Reason.WRONG_TAG, folder.path(number) + " is of another kind");
            case SegmentHeader.Reading.Valid _,SegmentHeader.Reading.Damaged _ -> Optional.empty();
        };
    }

    private void walk(int number) throws IOException {
        Opened file = opened.get(number);
        if (file == null) {
            damage.add(new DamagedRange(number, 0, lengthWhenEnded(number)));
        } else if (file.reading instanceof SegmentHeader.Reading.Valid(SegmentHeader header, boolean intact)) {
            if (!intact) {
                file.file.write(header.encode(), 0);
                file.file.force();
                mendedHeaders++;
            }
            scan(header, file);
        } else if (number == lastNumber && isUnfinished(file)) {
            takeAway(number, file);
        } else {
            damage.add(new DamagedRange(number, 0, Math.max(file.size, lengthWhenEnded(number))));
            segments.put(number, new Segment(new SegmentHeader(number, config.tagNumber(), 0, 0), file.file,
                    config.maxRecordBytes(), 0));
        }
    }

    private void scan(SegmentHeader header, Opened file) throws IOException {
        int number = header.segment();
        int size = Math.max(file.size, SegmentHeader.BYTES);
        SegmentScanner scanner = new SegmentScanner(header, file.file, size, config.maxRecordBytes());
        SegmentScanner.Tail tail = scanner.scan(new SegmentScanner.Findings() {
            @Override
            public void record(int offset, ByteBuffer payload) {
                visitor.record(Position.of(number, offset), payload.asReadOnlyBuffer());
            }

            @Override
            public void damage(int from, int to) {
                damage.add(new DamagedRange(number, from, to));
            }
        });
        records += tail.records();
        boolean last = number == lastNumber;
        int expected = last ? tail.end() : Math.max(tail.size(), lengthWhenEnded(number));
        if (tail.end() < expected) {
            damage.add(new DamagedRange(number, tail.end(), expected));
        }
        Segment segment = new Segment(header, file.file, config.maxRecordBytes(), tail.end());
        segments.put(number, segment);
        if (last) {
            active = segment;
            if (tail.end() < tail.size()) {
                file.file.truncate(tail.end());
                file.file.force();
                cut = new TailCut(number, tail.end(), (long) tail.size() - tail.end(), tail.wholeRecords());
            }
        }
    }

    /** What the next segment says about the length of segment {@code number}; 0 if it says nothing. */
    private int lengthWhenEnded(int number) {
        Opened next = opened.get(number + 1);
        return next != null && next.reading instanceof SegmentHeader.Reading.Valid(SegmentHeader header, _)
                ? header.previousLength()
                : 0;
    }

    /** Whether a file without a good header is one whose making a crash cut short: no record was ever in it. */
    private static boolean isUnfinished(Opened file) {
        return file.size <= SegmentHeader.BYTES;
    }

    private void takeAway(int number, Opened file) throws IOException {
        file.file.close();
        opened.remove(number);
        folder.delete(number);
        lastNumber = number - 1;
        cut = new TailCut(number, 0, file.size, 0);
    }

    private static Optional<OpenResult.Refused> refused(OpenResult.Reason reason, String detail) {
        return Optional.of(new OpenResult.Refused(reason, detail));
    }
}
