package io.pinfold.chain.store.segment;

import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.store.file.Failures;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.file.FolderLock;
import io.pinfold.multiformats.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A durable, append-only sequence of records in segment files.
 *
 * <p>{@link #append} returns when the group is on the disk (one force a group), or leaves the log as it was. One thread
 * at a time appends, drops or forgets; any number of threads read meanwhile. Opening walks all records, cuts off what a
 * crash left behind the last good one, and reports every other byte that is not as it was written; damage is never served
 * and never passed over in silence. The log holds a lock on its folder from opening to closing.
 */
public final class SegmentLog implements Closeable {

    /** The greatest group: 64 MiB, record headers included. */
    public static final int MAX_GROUP_BYTES = 64 << 20;

    private final SegmentLogConfig config;
    private final SegmentFolder folder;
    private final FileSystemAccess files;
    private final RandomGenerator random;
    private final FolderLock lock;
    private final ConcurrentNavigableMap<Integer, Segment> segments;
    private final DamageList damage;
    private final AtomicBoolean changing = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private int lastNumber;
    private @Nullable Segment active;

    SegmentLog(
            SegmentLogConfig config, FileSystemAccess files, RandomGenerator random, FolderLock lock,
            OpenSegments open) {
        this.config = config;
        this.folder = new SegmentFolder(config.folder(), files);
        this.files = files;
        this.random = random;
        this.lock = lock;
        this.segments = new ConcurrentSkipListMap<>(open.segments());
        this.damage = open.damage();
        this.lastNumber = open.lastNumber();
        this.active = open.active();
    }

    /**
     * Opens the log of {@code config}, making its folder if need be, and hands every good record to {@code visitor}.
     *
     * @param random where the salts of new segments come from; unpredictable if anybody else chooses the payloads
     */
    public static OpenResult open(
            SegmentLogConfig config, FileSystemAccess files, RandomGenerator random, RecordVisitor visitor) {
        return new SegmentLogOpener(config, files, random).open(visitor);
    }

    /**
     * Appends {@code payloads}, at least one, as one group.
     *
     * @throws IllegalArgumentException for a payload above the configured maximum or a group above
     *     {@link #MAX_GROUP_BYTES}
     */
    public AppendResult append(List<Bytes> payloads) {
        long bytes = RecordGroup.size(payloads);
        if (payloads.isEmpty() || bytes > MAX_GROUP_BYTES
                || payloads.stream().anyMatch(payload -> payload.size() > config.maxRecordBytes())) {
            throw new IllegalArgumentException(payloads.size() + " payloads of " + bytes + " bytes");
        }
        begin();
        try {
            return closed.get()
                    ? new AppendResult.Failed(
                            new StoreFailure(StoreFailure.Kind.CLOSED, config.folder() + " is closed"))
                    : write(payloads, bytes);
        } finally {
            end();
        }
    }

    /** The record at {@code position}, its checksums verified. */
    public ReadResult read(long position) {
        Segment segment = segments.get(Position.segment(position));
        if (segment == null) {
            return new ReadResult.Absent();
        }
        try {
            ReadResult result = segment.read(Position.offset(position));
            if (result instanceof ReadResult.Damaged(DamagedRange range)) {
                damage.add(range);
            }
            return result == null ? new ReadResult.Absent() : result;
        } catch (IOException e) {
            if (closed.get()) {
                return new ReadResult.Failed(isClosed());
            }
            boolean isDropped = segments.get(Position.segment(position)) != segment;
            return isDropped
                    ? new ReadResult.Absent()
                    : new ReadResult.Failed(new StoreFailure(StoreFailure.Kind.IO_ERROR, e.toString()));
        }
    }

    /** Every damaged range found so far, at opening or by reading, in order. */
    public List<DamagedRange> damage() {
        return damage.toList();
    }

    /**
     * Lets go of {@code range}, whose records have been had from elsewhere: later openings pass over it in silence.
     *
     * @return whether that is on the disk
     */
    public boolean forget(DamagedRange range) {
        begin();
        try {
            if (closed.get() || !damage.contains(range)) {
                return false;
            }
            new DamageEraser(config, folder, random).erase(range, segments);
            damage.remove(range);
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            end();
        }
    }

    /**
     * Deletes the segments, from the first on, whose records are all before {@code position}; never the last segment.
     *
     * @return how many were deleted
     */
    public int dropBefore(long position) {
        begin();
        int dropped = 0;
        try {
            Map.Entry<Integer, Segment> first = segments.firstEntry();
            while (!closed.get() && first != null && first.getKey() < Position.segment(position)
                    && first.getKey() != lastNumber) {
                folder.delete(first.getKey());
                segments.remove(first.getKey());
                damage.removeSegment(first.getKey());
                first.getValue().close();
                dropped++;
                first = segments.firstEntry();
            }
            return dropped;
        } catch (IOException e) {
            return dropped;
        } finally {
            end();
        }
    }

    /** Sizes of the files together, in bytes. */
    public long bytes() {
        return segments.values().stream().mapToLong(Segment::length).sum();
    }

    /** Closes the files and gives the folder back; all that was acknowledged is on the disk already. */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try (lock) {
                if (active != null) {
                    active.cutLeftovers();
                }
                for (Segment segment : segments.values()) {
                    segment.close();
                }
            }
        }
    }

    private AppendResult write(List<Bytes> payloads, long bytes) {
        try {
            Segment segment = segmentFor(bytes);
            List<Integer> offsets = segment.append(payloads);
            int number = segment.header().segment();
            return new AppendResult.Appended(offsets.stream().map(offset -> Position.of(number, offset)).toList());
        } catch (IOException e) {
            cutLeftovers(e);
            return new AppendResult.Failed(Failures.of(e, files, config.folder(), bytes));
        }
    }

    /** The segment that {@code bytes} more go to; what an earlier failure left in it is cut off first. */
    private Segment segmentFor(long bytes) throws IOException {
        Segment current = active;
        if (current != null) {
            current.cutLeftovers();
            if (current.length() + bytes <= config.segmentBytes() || current.length() == SegmentHeader.BYTES) {
                return current;
            }
        }
        SegmentHeader header = new SegmentHeader(
                lastNumber + 1, config.tagNumber(), current == null ? 0 : current.length(), random.nextLong());
        Segment next = new Segment(header, folder.create(header), config.maxRecordBytes(), SegmentHeader.BYTES);
        segments.put(header.segment(), next);
        lastNumber = header.segment();
        active = next;
        return next;
    }

    private void cutLeftovers(IOException cause) {
        try {
            if (active != null) {
                active.cutLeftovers();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private StoreFailure isClosed() {
        return new StoreFailure(StoreFailure.Kind.CLOSED, config.folder() + " is closed");
    }

    private void begin() {
        if (!changing.compareAndSet(false, true)) {
            throw new IllegalStateException("two threads change the log in " + config.folder());
        }
    }

    private void end() {
        changing.set(false);
    }
}
