package io.pinfold.ipfsnode.store;

import io.pinfold.ipfsnode.store.database.DatabaseConfig;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** Blockstores and blocks for tests. */
public final class Stores {

    /** Small buffers, files from 4 KiB, no reserve. */
    public static final StoreConfig SMALL = new StoreConfig(new DatabaseConfig(2 << 20, 2 << 20, 64, 2), 4 << 10, 0);

    private Stores() {}

    /** The store in this folder, with {@link #SMALL}. */
    public static DiskBlockstore open(Path folder) {
        return open(folder, SMALL);
    }

    /** The store in this folder. */
    public static DiskBlockstore open(Path folder, StoreConfig config) {
        return switch (DiskBlockstore.open(folder, config)) {
            case StoreOpening.Open(DiskBlockstore store) -> store;
            case StoreOpening.Locked() -> throw new IllegalStateException("locked");
            case StoreOpening.Failed(String detail, boolean _) -> throw new IllegalStateException(detail);
        };
    }

    /** A raw block of so many random bytes. */
    public static Block block(RandomGenerator random, int size) {
        byte[] data = new byte[size];
        random.nextBytes(data);
        return raw(Bytes.copyOf(data));
    }

    /** The raw block with this data. */
    public static Block raw(Bytes data) {
        return new Block(Cid.raw(data), data);
    }
}
