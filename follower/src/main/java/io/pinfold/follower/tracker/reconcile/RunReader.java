package io.pinfold.follower.tracker.reconcile;

import io.pinfold.multiformats.Bytes;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A spilled run: keys with their length, one byte, in front. */
final class RunReader implements SortedKeys {

    private final InputStream in;

    RunReader(InputStream in, int buffer) {
        this.in = new BufferedInputStream(in, buffer);
    }

    @Override
    public @Nullable Bytes next() throws IOException {
        int length = in.read();
        if (length < 0) {
            return null;
        }
        byte[] key = in.readNBytes(length);
        if (key.length < length) {
            throw new EOFException("a spilled run ends within a key");
        }
        return Bytes.copyOf(key);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
