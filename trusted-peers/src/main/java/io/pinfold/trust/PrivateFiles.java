package io.pinfold.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read, and that are there wholly or not at all, also after a crash. */
final class PrivateFiles {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    /** Creates {@code path}, which must not exist, with {@code text}, durably. */
    static void create(Path path, String text) throws IOException {
        Path temporary = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = open(temporary)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try {
            // A link, unlike a rename, never replaces what is there.
            Files.createLink(path, temporary);
        } catch (UnsupportedOperationException e) {
            if (Files.exists(path)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            Files.copy(temporary, path);
        } finally {
            Files.delete(temporary);
        }
        forceFolderOf(path);
    }

    /** A channel that writes to the new file {@code path}, readable by its owner alone. */
    static FileChannel open(Path path) throws IOException {
        FileAttribute<?>[] attributes = POSIX
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
        return FileChannel.open(path, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE), attributes);
    }

    /** Takes {@code path} from all but its owner; whether it was open to others. */
    static boolean restrict(Path path) throws IOException {
        if (!POSIX || OWNER.containsAll(Files.getPosixFilePermissions(path))) {
            return false;
        }
        Files.setPosixFilePermissions(path, OWNER);
        return true;
    }

    /** Makes renames, links and deletions beside {@code path} durable. */
    static void forceFolderOf(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (POSIX && folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
