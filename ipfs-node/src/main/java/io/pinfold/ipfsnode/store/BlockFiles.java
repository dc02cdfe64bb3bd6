package io.pinfold.ipfsnode.store;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multibase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The data of large blocks, one file each, named by the multihash in base32 in one of 1,024 folders.
 *
 * <p>A file means nothing by itself: the index says which blocks there are.
 */
final class BlockFiles {

    private final Path folder;

    BlockFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes the file, over another of its name if there is one, and leaves none behind when that fails. */
    void write(Bytes key, Bytes data) throws IOException {
        Path path = path(key);
        try {
            uninterrupted(() -> create(path, data));
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** What is in the file, at most {@code size} bytes; empty if there is none or it cannot be read. */
    Optional<Bytes> read(Bytes key, int size) throws IOException {
        return uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(path(key), StandardOpenOption.READ)) {
                return readFrom(channel, size);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        });
    }

    /** Deletes the file if it is there. */
    void delete(Bytes key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    private static Optional<Bytes> readFrom(FileChannel channel, int size) throws ClosedByInterruptException {
        try {
            return Optional.of(Bytes.readFrom(Channels.newInputStream(channel), size));
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path create(Path path, Bytes data) throws IOException {
        try (FileChannel channel = open(path)) {
            ByteBuffer rest = data.toBuffer();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
        return path;
    }

    private static FileChannel open(Path path) throws IOException {
        StandardOpenOption[] options = {StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE};
        try {
            return FileChannel.open(path, options);
        } catch (NoSuchFileException e) {
            Files.createDirectories(path.resolveSibling(""));
            return FileChannel.open(path, options);
        }
    }

    private Path path(Bytes key) {
        String name = Multibase.BASE32.encodeBare(key);
        return folder.resolve(name.substring(name.length() - 3, name.length() - 1)).resolve(name);
    }

    private interface Operation<T> {
        T run() throws IOException;
    }

    /** Runs an operation again from its beginning when the thread was interrupted in it; the interrupt stays pending. */
    private static <T> T uninterrupted(Operation<T> operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return operation.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
