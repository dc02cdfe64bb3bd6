package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that are there whole or not at all, readable by their owner alone. */
final class SafeFile {

    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private SafeFile() {}

    /** Makes the folder, for its owner alone, unless it is there. */
    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode("rwx------"));
        }
    }

    /** Writes the file {@code name} in {@code folder} anew; after a crash it has the old content or the new. */
    static void write(Path folder, String name, Bytes content) throws IOException {
        Path draft = folder.resolve(name + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, mode("rw-------"));
        try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
            out.write(content.toArray());
            out.getFD().sync();
        }
        Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folder);
    }

    /** Reads a file of at most {@code most} bytes; a longer one is cut off one byte behind that. */
    static Bytes read(Path file, int most) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Bytes.copyOf(in.readNBytes(most + 1));
        }
    }

    private static void forceFolder(Path folder) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
