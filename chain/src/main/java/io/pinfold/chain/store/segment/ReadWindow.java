package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A view of a file that moves forward: reads it in large pieces, and hands out small ones without copying.
 *
 * <p>Where the disk cannot read, the view shows zeros, so that the damage is found by checksum like any other.
 */
final class ReadWindow {

    private static final int PIECE = 4096;

    private final StoreFile file;
    private final ByteBuffer buffer;
    private long start;

    /** A view of {@code file} that can show {@code capacity} bytes at once. */
    ReadWindow(StoreFile file, int capacity) {
        this.file = file;
        this.buffer = ByteBuffer.allocate(capacity).limit(0);
    }

    /** {@code length} bytes from {@code offset}, which the file must have; valid until the next call. */
    ByteBuffer at(long offset, int length) throws IOException {
        if (offset < start || offset + length > start + buffer.limit()) {
            fill(offset);
        }
        return buffer.slice((int) (offset - start), length);
    }

    private void fill(long offset) throws IOException {
        start = offset;
        buffer.clear();
        try {
            buffer.limit(file.read(buffer, offset));
        } catch (IOException e) {
            fillPiecewise(offset, file.size());
        }
    }

    private void fillPiecewise(long offset, long size) {
        int available = (int) Math.min(buffer.capacity(), size - offset);
        for (int at = 0; at < available; at += PIECE) {
            ByteBuffer piece = buffer.slice(at, Math.min(PIECE, available - at));
            try {
                file.read(piece, offset + at);
            } catch (IOException e) {
                piece.clear().put(new byte[piece.capacity()]);
            }
        }
        buffer.clear().limit(available);
    }
}
