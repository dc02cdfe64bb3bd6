package io.pinfold.ipfsnode.store.database;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksObject;
import org.rocksdb.UInt64AddOperator;
import org.rocksdb.WriteBufferManager;

/**
 * The settings of RocksDB and the native objects that hold them, which are to be closed after the database.
 *
 * <p>Changes that wait are charged to the cache, so that both together have a bound.
 */
final class RocksSetup implements AutoCloseable {

    private static final int BITS_PER_KEY = 10;
    private static final int FORMAT = 5;
    private static final int DATA_BLOCK = 16 << 10;
    private static final int INDEX_BLOCK = 4 << 10;
    private static final int BUFFERS = 3;
    private static final int LOGS = 2;

    /** The bytes of a SHA2-256 multihash, the shortest of those that blocks are stored under. */
    private static final int PREFIX = 34;

    private static final long SYNC_STEP = 1L << 20;

    private final List<RocksObject> natives = new ArrayList<>();
    private final DatabaseConfig config;
    private final Cache cache;
    private final DBOptions options;
    private final List<ColumnFamilyDescriptor> families = new ArrayList<>();

    RocksSetup(DatabaseConfig config) {
        this.config = config;
        this.cache = keep(new LRUCache(config.cache() + config.writeBuffers()));
        this.options = keep(new DBOptions()).setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxOpenFiles(config.openFiles())
                .setMaxBackgroundJobs(config.backgroundJobs())
                .setWriteBufferManager(keep(new WriteBufferManager(config.writeBuffers(), cache, false)))
                .setMaxTotalWalSize(2 * config.writeBuffers())
                .setBytesPerSync(SYNC_STEP)
                .setWalBytesPerSync(SYNC_STEP)
                .setKeepLogFileNum(LOGS)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setStatsDumpPeriodSec(0)
                .setParanoidChecks(true);
        families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family(INDEX_BLOCK)));
        for (Table table : Table.values()) {
            families.add(new ColumnFamilyDescriptor(table.id(), family(table)));
        }
    }

    DBOptions options() {
        return options;
    }

    /** The default family, which stays empty, and one for each table, in order. */
    List<ColumnFamilyDescriptor> families() {
        return families;
    }

    private ColumnFamilyOptions family(Table table) {
        ColumnFamilyOptions family = family(table == Table.DATA ? DATA_BLOCK : INDEX_BLOCK);
        return switch (table) {
            case COUNTERS -> family.setMergeOperator(keep(new UInt64AddOperator()));
            case NODES -> family.useCappedPrefixExtractor(PREFIX);
            default -> family;
        };
    }

    private ColumnFamilyOptions family(int block) {
        BlockBasedTableConfig table = new BlockBasedTableConfig().setBlockCache(cache)
                .setBlockSize(block)
                .setFilterPolicy(keep(new BloomFilter(BITS_PER_KEY)))
                .setOptimizeFiltersForMemory(true)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setFormatVersion(FORMAT);
        return keep(new ColumnFamilyOptions()).setTableFormatConfig(table)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setWriteBufferSize(config.writeBuffers() / 2)
                .setMaxWriteBufferNumber(BUFFERS)
                .setLevelCompactionDynamicLevelBytes(true);
    }

    private <T extends RocksObject> T keep(T object) {
        natives.add(object);
        return object;
    }

    @Override
    public void close() {
        natives.reversed().forEach(RocksObject::close);
    }
}
