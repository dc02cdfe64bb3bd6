package io.pinfold.ipfsnode.store.database;

import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The tables of one folder. Any number of threads may call; a row that was written is seen by every call that begins later.
 *
 * <p>Reading throws {@link DatabaseException} when the disk fails, writing says so.
 */
public final class Database implements AutoCloseable {

    /** Most rows of one page. */
    public static final int MAX_PAGE = 4_096;

    /** The sum that is above 0 when what is counted has to be counted anew. */
    public static final Bytes RECOUNT = Keys.name("recount");

    private static final String ROWS = "rows";

    private final AutoCloseable lock;
    private final Salvage salvage;
    private final RocksSetup setup;
    private final RocksDB rocks;
    private final Map<Table, ColumnFamilyHandle> families = new EnumMap<>(Table.class);
    private final WriteOptions quick = new WriteOptions();
    private final ReadOptions inOrder = new ReadOptions().setTotalOrderSeek(true);
    private final ReadOptions samePrefix = new ReadOptions().setPrefixSameAsStart(true);

    /** Shared by calls, taken by closing: native memory must not be freed under a call. */
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();

    private Database(AutoCloseable lock, Salvage salvage, RocksSetup setup, RocksDB rocks,
            List<ColumnFamilyHandle> handles) {
        this.lock = lock;
        this.salvage = salvage;
        this.setup = setup;
        this.rocks = rocks;
        Iterator<ColumnFamilyHandle> handle = handles.iterator();
        handle.next();
        for (Table table : Table.values()) {
            families.put(table, handle.next());
        }
    }

    /** Opens the database in {@code folder}, which is made if need be. */
    public static Opening open(Path folder, DatabaseConfig config) {
        try {
            Optional<FolderLock> lock = FolderLock.acquire(folder);
            return lock.isEmpty() ? new Opening.Locked() : open(folder, config, lock.get());
        } catch (IOException e) {
            return new Opening.Failed(e.toString(), false);
        }
    }

    private static Opening open(Path folder, DatabaseConfig config, FolderLock lock) throws IOException {
        Salvage salvage = new Salvage(folder);
        try {
            if (salvage.isDue()) {
                salvage.run(folder.resolve(ROWS), rows -> openRows(rows, config, () -> {}, salvage));
            }
            return new Opening.Open(openRows(folder.resolve(ROWS), config, lock, salvage));
        } catch (IOException | DatabaseException e) {
            lock.close();
            return new Opening.Failed(e.toString(), e instanceof DatabaseException read && read.isDamaged());
        }
    }

    private static Database openRows(Path rows, DatabaseConfig config, AutoCloseable lock, Salvage salvage) {
        RocksDB.loadLibrary();
        RocksSetup setup = new RocksSetup(config);
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB rocks = RocksDB.open(setup.options(), rows.toString(), setup.families(), handles);
            return new Database(lock, salvage, setup, rocks, handles);
        } catch (RocksDBException e) {
            setup.close();
            throw new DatabaseException("opening", isDamage(e), e);
        }
    }

    /** What is stored under {@code key}. */
    public Optional<Bytes> get(Table table, Bytes key) {
        return reading(table, () -> Optional.ofNullable(rocks.get(family(table), key.toArray())).map(Bytes::copyOf));
    }

    /** Whether there is a node whose key begins with the multihash {@code hash} of a stored block; quick where there is none. */
    public boolean hasNode(Bytes hash) {
        return reading(Table.NODES, () -> {
            try (RocksIterator at = rocks.newIterator(family(Table.NODES), samePrefix)) {
                at.seek(hash.toArray());
                at.status();
                return at.isValid() && Bytes.copyOf(at.key()).startsWith(hash);
            }
        });
    }

    /** The first rows from {@code from} on, in order; {@code limit} of them unless the table ends, {@value #MAX_PAGE} at most. */
    public List<Row> page(Table table, Bytes from, int limit) {
        return reading(table, () -> {
            List<Row> rows = new ArrayList<>();
            try (RocksIterator at = rocks.newIterator(family(table), inOrder)) {
                for (at.seek(from.toArray()); at.isValid() && rows.size() < Math.min(limit, MAX_PAGE); at.next()) {
                    rows.add(new Row(Bytes.copyOf(at.key()), Bytes.copyOf(at.value())));
                }
                at.status();
            }
            return rows;
        });
    }

    /** The last row of a table. */
    public Optional<Row> last(Table table) {
        return reading(table, () -> {
            try (RocksIterator at = rocks.newIterator(family(table), inOrder)) {
                at.seekToLast();
                at.status();
                return at.isValid()
                        ? Optional.of(new Row(Bytes.copyOf(at.key()), Bytes.copyOf(at.value())))
                        : Optional.empty();
            }
        });
    }

    /** The first rows from {@code from} on whose keys begin with {@code prefix}. */
    public List<Row> page(Table table, Bytes prefix, Bytes from, int limit) {
        return page(table, from.compareTo(prefix) < 0 ? prefix : from, limit).stream()
                .takeWhile(row -> row.key().startsWith(prefix))
                .toList();
    }

    /** The sum under this name in {@link Table#COUNTERS}. */
    public long sum(Bytes counter) {
        return get(Table.COUNTERS, counter)
                .map(value -> ByteBuffer.wrap(value.toArray()).order(ByteOrder.LITTLE_ENDIAN).getLong())
                .orElse(0L);
    }

    /** Makes all changes or none. */
    public Written write(Edits edits) {
        Lock use = use();
        try (WriteBatch batch = new WriteBatch()) {
            for (Edit edit : edits.list()) {
                add(batch, edit);
            }
            rocks.write(quick, batch);
            return new Written.Done();
        } catch (RocksDBException e) {
            String detail = String.valueOf(e.getMessage());
            markIfDamaged(e);
            return isFull(e) ? new Written.Full(detail) : new Written.Failed(detail);
        } finally {
            use.unlock();
        }
    }

    private void add(WriteBatch batch, Edit edit) throws RocksDBException {
        ColumnFamilyHandle family = family(edit.table());
        byte[] key = edit.key().toArray();
        switch (edit) {
            case Edit.Put put -> batch.put(family, key, put.value().toArray());
            case Edit.Delete _ -> batch.delete(family, key);
            case Edit.DeleteRange range -> batch.deleteRange(family, key, range.end().toArray());
            case Edit.Add add -> batch.merge(family, key, ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(add.delta())
                    .array());
        }
    }

    /** Forces what was written to the disk, so that a loss of power does not take it back. */
    public Written force() {
        Lock use = use();
        try {
            rocks.syncWal();
            return new Written.Done();
        } catch (RocksDBException e) {
            return new Written.Failed(String.valueOf(e.getMessage()));
        } finally {
            use.unlock();
        }
    }

    /** Waits for calls under way, writes what waits in memory to files, and gives the folder free. */
    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (!rocks.isOwningHandle()) {
                return;
            }
            flush();
            families.values().forEach(ColumnFamilyHandle::close);
            rocks.closeE();
            quick.close();
            inOrder.close();
            samePrefix.close();
            setup.close();
            lock.close();
        } catch (Exception e) {
            throw new DatabaseException("closing", false, e);
        } finally {
            life.writeLock().unlock();
        }
    }

    private void flush() {
        try (FlushOptions flush = new FlushOptions()) {
            rocks.flush(flush, List.copyOf(families.values()));
        } catch (RocksDBException e) {
            // the log has it; the next start reads it from there
        }
    }

    private void markIfDamaged(RocksDBException e) {
        if (isDamage(e)) {
            salvage.mark();
        }
    }

    private interface Reading<T> {
        T read() throws RocksDBException;
    }

    private <T> T reading(Table table, Reading<T> reading) {
        Lock use = use();
        try {
            return reading.read();
        } catch (RocksDBException e) {
            markIfDamaged(e);
            throw new DatabaseException("table " + table, isDamage(e), e);
        } finally {
            use.unlock();
        }
    }

    private Lock use() {
        Lock use = life.readLock();
        use.lock();
        if (!rocks.isOwningHandle()) {
            use.unlock();
            throw new IllegalStateException("the database is closed");
        }
        return use;
    }

    private ColumnFamilyHandle family(Table table) {
        return Objects.requireNonNull(families.get(table));
    }

    private static boolean isDamage(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
    }

    private static boolean isFull(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getSubCode() == Status.SubCode.NoSpace;
    }
}
