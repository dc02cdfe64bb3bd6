package io.pinfold.chain.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A file of the real disk.
 *
 * <p>A {@link FileChannel} is closed for everybody when one of its users is interrupted; this file then opens another
 * one and repeats the operation.
 */
final class DiskFile implements StoreFile {

    private static final Set<OpenOption> EXISTING = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW);

    private final Path path;
    private final AtomicReference<FileChannel> current;
    private volatile boolean closed;

    private DiskFile(Path path, FileChannel channel) {
        this.path = path;
        this.current = new AtomicReference<>(channel);
    }

    static DiskFile open(Path path, boolean create) throws IOException {
        return new DiskFile(path, FileChannel.open(path, create ? NEW : EXISTING));
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        int start = into.position();
        return onChannel(channel -> {
            into.position(start);
            int total = 0;
            while (into.hasRemaining()) {
                int read = channel.read(into, position + total);
                if (read < 0) {
                    break;
                }
                total += read;
            }
            return total;
        });
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        int start = from.position();
        onChannel(channel -> {
            from.position(start);
            int total = 0;
            while (from.hasRemaining()) {
                total += channel.write(from, position + total);
            }
            return total;
        });
    }

    @Override
    public void force() throws IOException {
        onChannel(channel -> {
            channel.force(false);
            return channel;
        });
    }

    @Override
    public void truncate(long length) throws IOException {
        onChannel(channel -> channel.truncate(length));
    }

    @Override
    public long size() throws IOException {
        return onChannel(FileChannel::size);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel().close();
    }

    private <T> T onChannel(ChannelOperation<T> operation) throws IOException {
        return Uninterrupted.call(() -> {
            FileChannel channel = channel();
            try {
                return operation.run(channel);
            } catch (ClosedChannelException e) {
                replace(channel);
                throw e;
            }
        });
    }

    private FileChannel channel() {
        return Objects.requireNonNull(current.get());
    }

    private void replace(FileChannel dead) throws IOException {
        if (closed) {
            throw new IOException(path + " is closed");
        }
        FileChannel fresh = FileChannel.open(path, EXISTING);
        if (!current.compareAndSet(dead, fresh)) {
            fresh.close();
        } else if (closed) {
            fresh.close();
            throw new IOException(path + " is closed");
        }
    }

    @FunctionalInterface
    private interface ChannelOperation<T> {
        T run(FileChannel channel) throws IOException;
    }
}
