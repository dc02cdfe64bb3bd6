package io.pinfold.chain.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A disk that is full or breaks when a test says so; what is on it stays readable, and it is never really forced. */
public final class FaultyDisk implements FileSystemAccess {

    private long space = Long.MAX_VALUE;
    private boolean forcing = true;
    private boolean truncating = true;
    private boolean writing = true;
    private long unreadableFrom = Long.MAX_VALUE;
    private long unreadableTo = Long.MAX_VALUE;

    /** How many more bytes can be written; the write that needs more writes so many and fails. */
    public void leave(long bytes) {
        space = bytes;
    }

    /** Whether a write works at all; if not it fails after half of its bytes. */
    public void writes(boolean work) {
        writing = work;
    }

    /** Whether forcing works. */
    public void forces(boolean work) {
        forcing = work;
    }

    /** Whether cutting files works. */
    public void truncates(boolean work) {
        truncating = work;
    }

    /** Reads that touch these offsets, in whatever file, fail. */
    public void unreadable(long from, long to) {
        unreadableFrom = from;
        unreadableTo = to;
    }

    @Override
    public StoreFile open(Path path, boolean create) throws IOException {
        return new FaultyFile(DISK.open(path, create));
    }

    @Override
    public void delete(Path path) throws IOException {
        DISK.delete(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        DISK.rename(from, to);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        if (!forcing) {
            throw new IOException("cannot force " + folder);
        }
    }

    @Override
    public long usableSpace(Path folder) {
        return space;
    }

    private final class FaultyFile extends ForwardingFile {

        FaultyFile(StoreFile file) {
            super(file);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            if (position < unreadableTo && position + into.remaining() > unreadableFrom) {
                throw new IOException("bad sector");
            }
            return super.read(into, position);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            int all = from.remaining();
            int some = writing ? (int) Math.min(all, space) : all / 2;
            super.write(from.slice(from.position(), some), position);
            space -= some;
            if (some < all) {
                throw new IOException("cannot write");
            }
            from.position(from.limit());
        }

        @Override
        public void force() throws IOException {
            if (!forcing) {
                throw new IOException("cannot force");
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            if (!truncating) {
                throw new IOException("cannot truncate");
            }
            super.truncate(length);
        }
    }
}
