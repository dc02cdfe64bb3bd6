package io.pinfold.ipfsnode.store.database;

import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what can be read of a damaged database into a new one that takes its place. RocksDB stops sorting at a part that it
 * cannot read, and in the end takes no more changes.
 *
 * <p>What is counted is not copied, since parts of it may be lost: the new database says so ({@link Database#RECOUNT}).
 */
final class Salvage {

    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

    /** Tables whose rows stand each for itself. */
    private static final List<Table> TABLES = List.of(Table.BLOCKS, Table.FILES, Table.PINS, Table.SESSIONS);

    private static final String MARK = "damaged";
    private static final int PAGE = 64;

    /** Bytes of a key that are counted up to get behind a part that cannot be read: as much of a hash as tells neighbours apart. */
    private static final int STEPPED = 12;

    private final Path folder;

    Salvage(Path folder) {
        this.folder = folder;
    }

    /** Says for the next start that this database is damaged. */
    void mark() {
        try {
            if (!Files.exists(folder.resolve(MARK))) {
                Files.createFile(folder.resolve(MARK));
                LOG.error("The database in {} is damaged; the next start saves what can be read", folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isDue() {
        return Files.exists(folder.resolve(MARK));
    }

    /** Does it, from the beginning if a crash ended it before. */
    void run(Path rows, Function<Path, Database> opener) throws IOException {
        Path fresh = folder.resolve("rows.new");
        Path old = folder.resolve("rows.old");
        if (Files.exists(rows)) {
            delete(fresh);
            try (Database from = opener.apply(rows); Database to = opener.apply(fresh)) {
                TABLES.forEach(table -> LOG.warn("Saved {} rows of {}", copy(table, from, to), table));
                copyData(from, to);
                to.write(new Edits().add(Database.RECOUNT, 1).add(Keys.name("sessions"), 1L << Integer.SIZE));
            }
            delete(old);
            Files.move(rows, old);
        }
        Files.move(fresh, rows);
        delete(old);
        Files.delete(folder.resolve(MARK));
    }

    private static long copy(Table table, Database from, Database to) {
        long count = 0;
        Optional<Bytes> at = Optional.of(Bytes.EMPTY);
        while (at.isPresent()) {
            List<Row> rows = page(table, from, at.get(), PAGE);
            if (rows.isEmpty()) {
                rows = page(table, from, at.get(), 1);
            }
            Edits edits = new Edits();
            rows.forEach(row -> edits.put(table, row.key(), row.value()));
            to.write(edits);
            count += rows.size();
            at = rows.isEmpty() ? behindDamage(table, from, at.get()) : Optional.of(Keys.after(rows.getLast().key()));
        }
        return count;
    }

    /** The data of all blocks that the index has: each by its key, since newer rows hide damaged ones then. */
    private static void copyData(Database from, Database to) {
        List<Row> blocks = to.page(Table.BLOCKS, Bytes.EMPTY, PAGE);
        while (!blocks.isEmpty()) {
            Edits edits = new Edits();
            for (Row block : blocks) {
                data(from, block.key()).ifPresent(data -> edits.put(Table.DATA, block.key(), data));
            }
            to.write(edits);
            blocks = to.page(Table.BLOCKS, Keys.after(blocks.getLast().key()), PAGE);
        }
    }

    private static Optional<Bytes> data(Database from, Bytes key) {
        try {
            return from.get(Table.DATA, key);
        } catch (DatabaseException e) {
            return Optional.empty();
        }
    }

    /** Rows, or none if they cannot be read or there are none. */
    private static List<Row> page(Table table, Database from, Bytes at, int limit) {
        try {
            return from.page(table, at, limit);
        } catch (DatabaseException e) {
            return List.of();
        }
    }

    /** Where rows can be read again, found by ever longer steps; empty at the end of the table. */
    private static Optional<Bytes> behindDamage(Table table, Database from, Bytes at) {
        BigInteger number = new BigInteger(1, Arrays.copyOf(at.toArray(), STEPPED));
        for (int step = 0; step < Byte.SIZE * STEPPED; step++) {
            byte[] next = number.add(BigInteger.ONE.shiftLeft(step)).toByteArray();
            byte[] key = new byte[STEPPED];
            int skip = Math.max(0, next.length - STEPPED);
            System.arraycopy(next, skip, key, STEPPED - next.length + skip, next.length - skip);
            Bytes candidate = Bytes.copyOf(key);
            if (candidate.compareTo(at) > 0 && !page(table, from, candidate, 1).isEmpty()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> paths = Files.walk(path)) {
                for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
