package io.pinfold.ipfs.kubo;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A stream that remembers how reading it failed, so that this is not taken for a failure of the network. */
final class WatchedInput extends FilterInputStream {

    private volatile Optional<IOException> failure = Optional.empty();

    WatchedInput(InputStream in) {
        super(in);
    }

    Optional<IOException> failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    private IOException remembered(IOException e) {
        failure = Optional.of(e);
        return e;
    }
}
