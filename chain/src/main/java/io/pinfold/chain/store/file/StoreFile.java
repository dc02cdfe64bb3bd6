package io.pinfold.chain.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file, read and written by position.
 *
 * <p>Any number of threads may read while one writes. An interrupt of the calling thread changes nothing: the call runs
 * to its end and the interrupt stays pending. After a failed {@link #write} or {@link #force} nothing is known about the
 * bytes of that write; all bytes forced before are as they were.
 */
public interface StoreFile extends Closeable {

    /** Reads from {@code position} until {@code into} is full or the file ends, and returns how many bytes that were. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Writes all of {@code from} at {@code position}, growing the file as needed. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Returns when everything written, and the size, is on the disk. */
    void force() throws IOException;

    /** Cuts the file to {@code length} bytes if it is longer. */
    void truncate(long length) throws IOException;

    /** The size in bytes. */
    long size() throws IOException;

    /** Closes the file; a call in another thread fails with an {@link IOException}. */
    @Override
    void close() throws IOException;
}
