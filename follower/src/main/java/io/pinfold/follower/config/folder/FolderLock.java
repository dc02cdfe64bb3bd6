package io.pinfold.follower.config.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A folder's lock, held until closed or until the process ends, however it ends.
 *
 * <p>The file holds the owner's process number, for messages only; it stays when the lock goes.
 */
public final class FolderLock implements AutoCloseable {

    private static final int MAX_CONTENT = 32;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static LockResult take(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                taken = tryLock(channel) != null;
                if (!taken) {
                    return new LockResult.InUse(file, owner(channel));
                }
                channel.truncate(0);
                channel.write(StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
                return new LockResult.Locked(new FolderLock(channel));
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        } catch (IOException e) {
            return new LockResult.NotWritable(file, IoText.of(e));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static OptionalLong owner(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(MAX_CONTENT);
        channel.read(content, 0);
        String text = StandardCharsets.US_ASCII.decode(content.flip()).toString();
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Lets others use the folder. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
