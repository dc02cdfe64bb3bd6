package io.pinfold.chain.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that does what another does, but for what its heirs change; each has a way of its own of forcing. */
public abstract class ForwardingFile implements StoreFile {

    private final StoreFile file;

    /** Does what {@code file} does. */
    protected ForwardingFile(StoreFile file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return file.read(into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        file.write(from, position);
    }

    @Override
    public void truncate(long length) throws IOException {
        file.truncate(length);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
