package io.pinfold.ipfsnode.store;

import io.pinfold.ipfsnode.store.database.DatabaseConfig;

/**
 * The bounds of a blockstore.
 *
 * @param database memory and handles of the database
 * @param fileSize size in bytes from which a block is a file of its own; small means many files, large means that data is
 *     written several times
 * @param reserve bytes of the disk that stay free; the database wants some to sort its files, and others may live there too
 */
public record StoreConfig(DatabaseConfig database, int fileSize, long reserve) {

    /** Files from 32 KiB, and 256 MiB of the disk stay free. */
    public static final StoreConfig DEFAULT = new StoreConfig(DatabaseConfig.DEFAULT, 32 << 10, 256L << 20);

    public StoreConfig {
        if (fileSize < 1 || reserve < 0) {
            throw new IllegalArgumentException("store: file size is positive, reserve not negative");
        }
    }
}
