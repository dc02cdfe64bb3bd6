package io.pinfold.chain.store.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Why a store could not write or read: the store is as it was before the attempt, which may be made again.
 *
 * @param detail a sentence for people
 */
public record StoreFailure(Kind kind, String detail) {

    /** What stood in the way. */
    public enum Kind {
        /** The disk has less room than the attempt needed. */
        DISK_FULL,
        /** The operating system reported an error. */
        IO_ERROR,
        /** The store is closed. */
        CLOSED
    }

    /** The failure that {@code error} was, when {@code needed} bytes were to be written in {@code folder}. */
    public static StoreFailure of(IOException error, FileSystemAccess files, Path folder, long needed) {
        return new StoreFailure(isFull(files, folder, needed) ? Kind.DISK_FULL : Kind.IO_ERROR, error.toString());
    }

    private static boolean isFull(FileSystemAccess files, Path folder, long needed) {
        try {
            return files.usableSpace(folder) < needed;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
