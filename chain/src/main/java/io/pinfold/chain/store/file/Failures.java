package io.pinfold.chain.store.file;

import io.pinfold.chain.StoreFailure;
import java.io.IOException;
import java.nio.file.Path;

/** Tells a full disk from other errors, by the room that is left rather than by the message. */
public final class Failures {

    /** Room for file system overhead: an error with less than this to spare is called a full disk. */
    private static final int SPARE_BYTES = 64 << 10;

    private Failures() {}

    /** The failure that {@code error} was when {@code needed} bytes were to be written in {@code folder}. */
    public static StoreFailure of(IOException error, FileSystemAccess files, Path folder, long needed) {
        return new StoreFailure(
                isFull(files, folder, needed + SPARE_BYTES) ? StoreFailure.Kind.DISK_FULL : StoreFailure.Kind.IO_ERROR,
                error.toString());
    }

    private static boolean isFull(FileSystemAccess files, Path folder, long needed) {
        try {
            return files.usableSpace(folder) < needed;
        } catch (IOException e) {
            return false;
        }
    }
}
