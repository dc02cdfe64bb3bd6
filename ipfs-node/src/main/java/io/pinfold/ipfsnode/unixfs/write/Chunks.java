package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.io.InputStream;

/**
 * The chunks of a stream, all but the last of full size.
 *
 * <p>As far as the stream is expected to go, chunks are read straight into place; what comes beyond is read into scratch
 * memory and copied, so that a small file does not take the memory of a chunk.
 */
final class Chunks {

    private final InputStream in;
    private final byte[] scratch;
    private long expected;

    /** @param scratch as large as a chunk */
    Chunks(InputStream in, long expected, byte[] scratch) {
        this.in = in;
        this.expected = expected;
        this.scratch = scratch;
    }

    /** The next chunk; empty at the end. */
    Bytes next() throws UnixFsException {
        try {
            int size = (int) Math.min(scratch.length, Math.max(expected, 0));
            expected -= size;
            Bytes chunk = size == 0 ? Bytes.EMPTY : Bytes.readFrom(in, size);
            if (chunk.size() == scratch.length) {
                return chunk;
            }
            int more = in.readNBytes(scratch, 0, scratch.length - chunk.size());
            return more == 0 ? chunk : chunk.concat(Bytes.copyOf(scratch, 0, more));
        } catch (IOException e) {
            throw new UnixFsException(Problem.UNREADABLE, "content cannot be read: " + e);
        }
    }
}
