package io.pinfold.follower.removal;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The file below a {@link FileRemovalLog}, for one thread: it knows how long its good part is and never writes behind
 * anything else.
 *
 * <p>A write that failed is cut off again before the next one. That thread must not be interrupted: an interrupt closes
 * the file.
 */
final class LogFile implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final Path path;
    private final Bytes header;
    private FileChannel channel;
    private long good;

    private LogFile(Path path, Bytes header, FileChannel channel, long good) {
        this.path = path;
        this.header = header;
        this.channel = channel;
        this.good = good;
    }

    /** Opens the log at {@code path}, whose good part, as {@link LogScan} found it, is {@code good} bytes long. */
    static LogFile open(Path path, Cid cluster, long good) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        LogFile file = new LogFile(path, RemovalFrames.header(cluster), channel, good);
        try {
            file.cutTail();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return file;
    }

    /** Makes an empty log at {@code path} that is there wholly or not at all. */
    static void create(Path path, Cid cluster) throws IOException {
        writeBeside(path, RemovalFrames.header(cluster), List.of());
        moveIntoPlace(path);
        forceFolder(path);
    }

    /** Writes {@code frames} behind the good part and forces them. */
    void append(Collection<byte[]> frames) throws IOException {
        cutTail();
        FileChannel out = channel();
        out.position(good);
        long end = good + write(out, frames);
        out.force(false);
        good = end;
    }

    /** Replaces the frames by {@code frames}. */
    void rewrite(Collection<byte[]> frames) throws IOException {
        long length = writeBeside(path, header, frames);
        moveIntoPlace(path);
        good = length;
        channel.close();
        forceFolder(path);
    }

    private void cutTail() throws IOException {
        if (channel().size() > good) {
            channel().truncate(good);
            channel().force(true);
        }
    }

    private FileChannel channel() throws IOException {
        if (!channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
        }
        return channel;
    }

    private static Path beside(Path path) {
        return path.resolveSibling(path.getFileName() + ".new");
    }

    private static long writeBeside(Path path, Bytes header, Collection<byte[]> frames) throws IOException {
        try (FileChannel out = FileChannel.open(beside(path), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            long length = write(out, List.of(header.toArray())) + write(out, frames);
            out.force(true);
            return length;
        } catch (IOException e) {
            Files.deleteIfExists(beside(path));
            throw e;
        }
    }

    private static void moveIntoPlace(Path path) throws IOException {
        Files.move(beside(path), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void forceFolder(Path path) throws IOException {
        Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file is in a folder");
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static long write(FileChannel out, Collection<byte[]> frames) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long written = 0;
        for (byte[] frame : frames) {
            if (chunk.remaining() < frame.length) {
                written += drain(out, chunk);
            }
            chunk.put(frame);
        }
        return written + drain(out, chunk);
    }

    private static long drain(FileChannel out, ByteBuffer chunk) throws IOException {
        chunk.flip();
        long bytes = chunk.remaining();
        while (chunk.hasRemaining()) {
            out.write(chunk);
        }
        chunk.clear();
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
