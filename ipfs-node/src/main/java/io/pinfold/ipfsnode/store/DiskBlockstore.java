package io.pinfold.ipfsnode.store;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.DatabaseException;
import io.pinfold.ipfsnode.store.database.Opening;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The blocks of one folder, which it locks. Any number of threads may call. */
public final class DiskBlockstore implements Blockstore {

    private static final Logger LOG = LoggerFactory.getLogger(DiskBlockstore.class);

    /** Bytes that one change of the database may have. */
    private static final int PORTION_BYTES = 8 << 20;

    /** Blocks that one change of the database may have. */
    private static final int PORTION_BLOCKS = 1_024;

    private final Database database;
    private final Index index;
    private final BlockFiles files;
    private final Sums sums;
    private final Storing storing;
    private final Removing removing;
    private final Claims claims = new Claims();

    private DiskBlockstore(Path folder, StoreConfig config, Database database) throws IOException {
        this.database = database;
        this.index = new Index(database);
        Path large = folder.resolve("files");
        this.files = new BlockFiles(large);
        if (database.sum(Database.RECOUNT) > 0) {
            new Recovery(database, index, files, large).run();
        }
        this.sums = new Sums(database);
        this.storing = new Storing(database, index, files, sums, new Room(folder, config.reserve()), config.fileSize());
        this.removing = new Removing(database, index, files, sums);
    }

    /** Opens the store in {@code folder}, which is made if need be, and tidies up behind a crash. */
    public static StoreOpening open(Path folder, StoreConfig config) {
        return switch (Database.open(folder, config.database())) {
            case Opening.Locked() -> new StoreOpening.Locked();
            case Opening.Failed(String detail, boolean damaged) -> new StoreOpening.Failed(detail, damaged);
            case Opening.Open(Database database) -> open(folder, config, database);
        };
    }

    private static StoreOpening open(Path folder, StoreConfig config, Database database) {
        try {
            DiskBlockstore store = new DiskBlockstore(folder, config, database);
            store.removing.cleanUp();
            return new StoreOpening.Open(store);
        } catch (IOException | UncheckedIOException | DatabaseException e) {
            database.close();
            return new StoreOpening.Failed(e.toString(), e instanceof DatabaseException damage && damage.isDamaged());
        }
    }

    /** The database that the index is in, for what belongs to the blocks; it is closed with the store. */
    public Database database() {
        return database;
    }

    @Override
    public boolean has(Cid cid) {
        return isInline(cid.hash()) || index.find(cid.hash().toBytes()).isPresent();
    }

    @Override
    public OptionalInt size(Cid cid) {
        if (isInline(cid.hash())) {
            return OptionalInt.of(cid.hash().digest().size());
        }
        Optional<Entry> entry = index.find(cid.hash().toBytes());
        return entry.isPresent() ? OptionalInt.of(entry.get().size()) : OptionalInt.empty();
    }

    @Override
    public Found find(Cid cid) {
        Multihash hash = cid.hash();
        if (isInline(hash)) {
            return new Found.Present(hash.digest());
        }
        Found found = look(hash, false);
        return found instanceof Found.Damaged ? lookAgain(hash, false) : found;
    }

    @Override
    public Found check(Multihash block) {
        if (isInline(block)) {
            return new Found.Present(block.digest());
        }
        Found found = look(block, true);
        return found instanceof Found.Damaged ? lookAgain(block, true) : found;
    }

    /** Looks while nobody may store or remove the block, and removes it if it is damaged indeed. */
    private Found lookAgain(Multihash hash, boolean byHash) {
        try (Claims.Claim _ = claims.take(List.of(hash))) {
            Found found = look(hash, byHash);
            if (found instanceof Found.Damaged(String detail)) {
                LOG.warn("Block {} is damaged on disk: {}", hash, detail);
                removing.remove(List.of(hash));
            }
            return found;
        }
    }

    private Found look(Multihash hash, boolean byHash) {
        Bytes key = hash.toBytes();
        Optional<Entry> entry = index.find(key);
        if (entry.isEmpty()) {
            return new Found.Absent();
        }
        Optional<Bytes> data = read(key, entry.get());
        if (data.isEmpty()) {
            return new Found.Damaged("its data cannot be read");
        }
        if (data.get().size() != entry.get().size()) {
            return new Found.Damaged(data.get().size() + " of " + entry.get().size() + " bytes are there");
        }
        if (!entry.get().fits(data.get())) {
            return new Found.Damaged("its data has another sum");
        }
        return byHash && !hash.verifies(data.get())
                ? new Found.Damaged("its data has another hash")
                : new Found.Present(data.get());
    }

    private Optional<Bytes> read(Bytes key, Entry entry) {
        try {
            return switch (entry.place()) {
                case ROW -> database.get(Table.DATA, key);
                case FILE -> files.read(key, entry.size());
            };
        } catch (DatabaseException e) {
            if (e.isDamaged()) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException for a hash function that we cannot compute: such a block could never be read
     */
    @Override
    public Put put(List<Block> blocks) {
        long newBytes = 0;
        for (Map<Multihash, Bytes> portion : portions(blocks)) {
            try (Claims.Claim _ = claims.take(portion.keySet())) {
                Put put = storing.store(portion);
                if (!(put instanceof Put.Stored(long bytes))) {
                    return put;
                }
                newBytes += bytes;
            }
        }
        return new Put.Stored(newBytes);
    }

    private static List<Map<Multihash, Bytes>> portions(List<Block> blocks) {
        List<Map<Multihash, Bytes>> portions = new ArrayList<>();
        Map<Multihash, Bytes> portion = new LinkedHashMap<>();
        long bytes = 0;
        for (Block block : blocks) {
            Multihash hash = block.cid().hash();
            if (!hash.isVerifiable()) {
                throw new IllegalArgumentException("nobody can tell whether block " + block.cid() + " is genuine");
            }
            if (isInline(hash)) {
                continue;
            }
            if (portion.size() == PORTION_BLOCKS || bytes + block.data().size() > PORTION_BYTES) {
                portions.add(portion);
                portion = new LinkedHashMap<>();
                bytes = 0;
            }
            portion.put(hash, block.data());
            bytes += block.data().size();
        }
        portions.add(portion);
        return portions;
    }

    @Override
    public Removal remove(Collection<Multihash> blocks) {
        List<Multihash> hashes = blocks.stream().distinct().toList();
        long freed = 0;
        for (int from = 0; from < hashes.size(); from += PORTION_BLOCKS) {
            List<Multihash> portion = hashes.subList(from, Math.min(from + PORTION_BLOCKS, hashes.size()));
            try (Claims.Claim _ = claims.take(portion)) {
                Removal removal = removing.remove(portion);
                if (!(removal instanceof Removal.Removed(long bytes))) {
                    return removal;
                }
                freed += bytes;
            }
        }
        return new Removal.Removed(freed);
    }

    @Override
    public Usage usage() {
        return sums.usage();
    }

    @Override
    public List<Stored> page(Optional<Multihash> after, int limit) {
        return index.page(after, limit);
    }

    @Override
    public void close() {
        database.close();
    }

    private static boolean isInline(Multihash hash) {
        return hash.code() == Multicodec.IDENTITY;
    }
}
