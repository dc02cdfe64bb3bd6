package io.pinfold.ipfsnode.store.database;

/**
 * What the database may take of memory and handles.
 *
 * @param writeBuffers bytes of changes that wait for being sorted into files; small means more work later, large means memory
 * @param cache bytes of parts of files, indexes and filters among them; small means more reads
 * @param openFiles most files that are open at a time
 * @param backgroundJobs most threads that sort files
 */
public record DatabaseConfig(long writeBuffers, long cache, int openFiles, int backgroundJobs) {

    /** For a node of less than 200 MB. */
    public static final DatabaseConfig DEFAULT = new DatabaseConfig(16L << 20, 12L << 20, 256, 2);

    private static final long LEAST = 1L << 20;

    public DatabaseConfig {
        if (writeBuffers < LEAST || cache < LEAST || openFiles < 32 || backgroundJobs < 1) {
            throw new IllegalArgumentException(
                    "database: write buffers and cache take at least a MiB, open files are 32 at least");
        }
    }
}
