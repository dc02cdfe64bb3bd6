package io.pinfold.ipfsnode.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The free bytes of the disk, of which some are never used. */
final class Room {

    private static final int SPARE = 64 << 10;

    private final FileStore disk;
    private final long reserve;

    Room(Path folder, long reserve) throws IOException {
        this.disk = Files.getFileStore(folder);
        this.reserve = reserve;
    }

    /** Whether so many bytes fit without touching the reserve. */
    boolean has(long bytes) {
        return free() >= reserve + bytes;
    }

    /** Whether so many bytes fit at all: a write that failed although they do did not fail for want of room. */
    boolean isFor(long bytes) {
        return free() >= bytes + SPARE;
    }

    private long free() {
        try {
            return disk.getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return free() + " bytes of the disk are free, " + reserve + " of them stay so";
    }
}
