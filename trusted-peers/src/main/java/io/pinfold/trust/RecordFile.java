package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * An append-only file of records with a checksum each, forced at every append, that can be rewritten as a whole.
 *
 * <p>A record is its length (4 bytes, big endian), the CRC-32C of length and content (4 bytes), and the content. For one
 * thread at a time.
 */
final class RecordFile implements AutoCloseable {

    /** The greatest size of a record's content, in bytes. */
    static final int MAX_RECORD = 64 << 10;
    /** Size of length and checksum together. */
    static final int FRAME = 8;

    private final Path path;
    private FileChannel channel;
    private long size;
    /** Whether the folder may still name the file that was there before. */
    private boolean unnamed;

    /** The file at {@code path}, whose first {@code size} bytes are sound; what follows is cut off. */
    RecordFile(Path path, long size) throws IOException {
        this.path = path;
        this.size = size;
        this.channel = FileChannel.open(path, StandardOpenOption.WRITE);
        if (channel.size() > size) {
            channel.truncate(size);
            channel.force(true);
        }
    }

    /** Creates the file with {@code records} in place of whatever is there, durably; it is there wholly or not at all. */
    static RecordFile create(Path path, List<Bytes> records) throws IOException {
        FileChannel fresh = replace(path, frames(records));
        try {
            PrivateFiles.forceFolderOf(path);
            return new RecordFile(path, fresh.size());
        } finally {
            fresh.close();
        }
    }

    /** Puts a file with {@code content} at {@code path}; durable once the folder is forced. If it fails, nothing has changed. */
    private static FileChannel replace(Path path, ByteBuffer content) throws IOException {
        Path temporary = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        FileChannel fresh = PrivateFiles.open(temporary);
        try {
            writeFully(fresh, content);
            fresh.force(true);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            return fresh;
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
    }

    /** Appends {@code records}, durably, with one force. */
    void append(List<Bytes> records) throws IOException {
        name();
        ByteBuffer frames = frames(records);
        long length = frames.remaining();
        channel.position(size);
        writeFully(channel, frames);
        channel.force(false);
        size += length;
    }

    /** Puts {@code records} in place of all there is, durably. If that fails, the file can be used as before. */
    void rewrite(List<Bytes> records) throws IOException {
        FileChannel fresh = replace(path, frames(records));
        FileChannel old = channel;
        channel = fresh;
        size = fresh.position();
        unnamed = true;
        old.close();
        name();
    }

    private void name() throws IOException {
        if (unnamed) {
            PrivateFiles.forceFolderOf(path);
            unnamed = false;
        }
    }

    /** Size of all records, in bytes. */
    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Writes all that {@code bytes} has left. */
    static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer frames(List<Bytes> records) {
        ByteBuffer frames = ByteBuffer.allocate(records.stream().mapToInt(record -> FRAME + record.size()).sum());
        for (Bytes record : records) {
            if (record.isEmpty() || record.size() > MAX_RECORD) {
                throw new IllegalArgumentException("record of " + record.size() + " bytes");
            }
            frames.putInt(record.size()).putInt(RecordReader.checksum(record.toBuffer())).put(record.toBuffer());
        }
        return frames.flip();
    }
}
