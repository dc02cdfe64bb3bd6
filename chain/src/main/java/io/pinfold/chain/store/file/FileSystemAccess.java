package io.pinfold.chain.store.file;

import java.io.IOException;
import java.nio.file.Path;

/** Opens, makes and removes the files of a store. */
public interface FileSystemAccess {

    /** The real disk. */
    FileSystemAccess DISK = new DiskAccess();

    /** Opens {@code path} for reading and writing; {@code create} makes it, and fails where it exists. */
    StoreFile open(Path path, boolean create) throws IOException;

    /** Removes {@code path}, if it exists. */
    void delete(Path path) throws IOException;

    /** Renames {@code from} to {@code to}, replacing it, in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Returns when the names in {@code folder} are on the disk. */
    void forceFolder(Path folder) throws IOException;

    /** Bytes that may still be written to the disk of {@code folder}. */
    long usableSpace(Path folder) throws IOException;
}
