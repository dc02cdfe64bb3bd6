package io.pinfold.chain.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right of one store in one process to use a folder, held by a lock on the file {@value #NAME} in it.
 *
 * <p>The operating system lets go of it when the process ends, however it ends; the file stays and means nothing.
 */
public final class FolderLock implements AutoCloseable {

    /** The file that is locked. */
    public static final String NAME = "lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes {@code folder} if need be and locks it; empty if somebody else, in this process or another, has it. */
    public static Optional<FolderLock> acquire(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Uninterrupted.call(() -> {
            FileChannel channel = FileChannel.open(folder.resolve(NAME),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return Optional.of(new FolderLock(channel));
                }
            } catch (OverlappingFileLockException e) {
                // a store of this process holds it: as good as another process
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
            return Optional.empty();
        });
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
