package io.pinfold.chain.store.intake;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.IntakeLog;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.store.Opening;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.segment.Groups;
import io.pinfold.chain.store.segment.OpenReport;
import io.pinfold.chain.store.segment.OpenResult;
import io.pinfold.chain.store.segment.Position;
import io.pinfold.chain.store.segment.ReadResult;
import io.pinfold.chain.store.segment.SegmentLog;
import io.pinfold.chain.store.segment.SegmentLogConfig;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intake in a segment log.
 *
 * <p>Retirements are written with the next append, so they cost no force. Segments without an entry of use are deleted;
 * when the log is much larger than what is of use in it, the entries of the oldest segment are copied to its end. A
 * folder has one log at a time.
 */
public final class FileIntakeLog implements IntakeLog {

    /** Size from which a new segment is begun: 4 MiB. */
    public static final int SEGMENT_BYTES = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FileIntakeLog.class);
    private static final String TAG = "INTK";

    /** The log is not copied together while it is smaller than so many segments. */
    private static final int SPARE_SEGMENTS = 4;

    /** The log is copied together when it is larger than what is of use in it by this factor. */
    private static final int SPARE_FACTOR = 3;

    /** A written entry, where it is, and its size. */
    private record Placed(IntakeRecord.Entry record, long position, int bytes) {}

    private final SegmentLog log;
    private final OpenReport report;
    private final IntakeIndex index;
    private final long spareBytes;

    private FileIntakeLog(SegmentLog log, OpenReport report, IntakeIndex index, long spareBytes) {
        this.log = log;
        this.report = report;
        this.index = index;
        this.spareBytes = spareBytes;
    }

    /** Opens the log in {@code folder}, making it if need be. */
    public static Opening<FileIntakeLog> open(Path folder, FileSystemAccess files, RandomGenerator random) {
        return open(folder, files, random, SEGMENT_BYTES);
    }

    static Opening<FileIntakeLog> open(Path folder, FileSystemAccess files, RandomGenerator random, int segmentBytes) {
        SegmentLogConfig config = new SegmentLogConfig(folder, TAG, IntakeRecord.MAX_BYTES, segmentBytes);
        IntakeScan scan = new IntakeScan();
        return switch (SegmentLog.open(config, files, random, scan)) {
            case OpenResult.Refused(OpenResult.Reason reason, String detail) -> new Opening.Refused<>(reason, detail);
            case OpenResult.Opened(SegmentLog log, OpenReport report) -> {
                report.log(LOG, folder);
                FileIntakeLog opened = new FileIntakeLog(log, report, scan.index(),
                        (long) SPARE_SEGMENTS * segmentBytes);
                yield scan.unreadable().isEmpty() ? new Opening.Opened<>(opened) : opened.refuse(scan.unreadable());
            }
        };
    }

    private Opening<FileIntakeLog> refuse(List<String> unreadable) {
        close();
        return new Opening.Refused<>(OpenResult.Reason.NEWER_VERSION, String.join("; ", unreadable));
    }

    /** What opening found. Damage here is the loss of acknowledged operations, unless a block held them already. */
    public OpenReport report() {
        return report;
    }

    @Override
    public List<IntakeEntry> pending() {
        return read(slot -> !slot.retired());
    }

    @Override
    public List<IntakeEntry> keyed() {
        return read(IntakeIndex.Slot::keyed);
    }

    @Override
    public void append(List<IntakeEntry> entries) {
        long number = index.lastNumber();
        List<IntakeRecord.Entry> records = new ArrayList<>();
        for (IntakeEntry entry : entries) {
            records.add(new IntakeRecord.Entry(++number, false, entry));
        }
        List<Placed> placed = write(index.unwrittenRetirements(), records);
        placed.forEach(each -> index.put(slot(each.record, each.position, each.bytes)));
        trim();
    }

    @Override
    public void retire(long seq) {
        index.retire(seq, false);
    }

    @Override
    public void close() {
        try (log) {
            write(index.unwrittenRetirements(), List.of());
        } catch (StoreException e) {
            LOG.warn("retirements are not written and will be found pending: {}", e.failure());
        } catch (IOException e) {
            throw new StoreException(new StoreFailure(StoreFailure.Kind.IO_ERROR, e.toString()));
        }
    }

    /** Writes {@code retired} and then {@code entries} with one force, and returns where the entries are. */
    private List<Placed> write(List<Long> retired, List<IntakeRecord.Entry> entries) {
        List<Bytes> payloads = new ArrayList<>();
        for (int from = 0; from < retired.size(); from += IntakeRecord.MAX_RETIRED) {
            int to = Math.min(retired.size(), from + IntakeRecord.MAX_RETIRED);
            payloads.add(new IntakeRecord.Retirement(retired.subList(from, to)).encode());
        }
        int first = payloads.size();
        entries.forEach(entry -> payloads.add(entry.encode()));
        List<Long> positions = Groups.append(log, payloads);
        index.written(retired.size());
        List<Placed> placed = new ArrayList<>();
        for (int i = first; i < payloads.size(); i++) {
            placed.add(new Placed(entries.get(i - first), positions.get(i), payloads.get(i).size()));
        }
        return placed;
    }

    /** Deletes segments without use, and copies the oldest one's entries to the end if the log has grown too large. */
    private void trim() {
        log.dropBefore(index.oldestPosition());
        if (log.bytes() <= Math.max(spareBytes, SPARE_FACTOR * index.liveBytes())) {
            return;
        }
        try {
            List<Long> retired = index.unwrittenRetirements();
            write(retired, copiesOfOldestSegment()).forEach(each -> index.move(each.record.number(), each.position));
            log.dropBefore(index.oldestPosition());
        } catch (StoreException e) {
            LOG.warn("the intake log could not be made smaller: {}", e.failure());
        }
    }

    private List<IntakeRecord.Entry> copiesOfOldestSegment() {
        List<IntakeRecord.Entry> copies = new ArrayList<>();
        for (IntakeIndex.Slot slot : index.oldestSegment()) {
            read(slot).ifPresent(entry -> copies.add(new IntakeRecord.Entry(slot.number(), slot.retired(), entry)));
        }
        return copies;
    }

    private List<IntakeEntry> read(Predicate<IntakeIndex.Slot> condition) {
        return index.slots(condition).stream().flatMap(slot -> read(slot).stream()).toList();
    }

    private Optional<IntakeEntry> read(IntakeIndex.Slot slot) {
        return switch (log.read(slot.position())) {
            case ReadResult.Found(Bytes payload) when IntakeRecord
                    .decode(payload) instanceof Decoded.Ok<IntakeRecord>(IntakeRecord.Entry entry) ->
                Optional.of(entry.entry());
            case ReadResult.Failed(StoreFailure failure) -> throw new StoreException(failure);
            case ReadResult.Found _,ReadResult.Damaged _,ReadResult.Absent _ -> {
                LOG.error("entry {} of the intake log at {} is damaged", slot.number(),
                        Position.toString(slot.position()));
                yield Optional.empty();
            }
        };
    }

    static IntakeIndex.Slot slot(IntakeRecord.Entry record, long position, int bytes) {
        IntakeEntry entry = record.entry();
        return new IntakeIndex.Slot(
                record.number(), entry.seq(), entry.key().isPresent(), record.retired(), position, bytes);
    }
}
