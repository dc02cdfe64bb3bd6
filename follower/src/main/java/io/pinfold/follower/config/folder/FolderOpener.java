package io.pinfold.follower.config.folder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Finds out whether folders can be used. */
final class FolderOpener {

    private FolderOpener() {}

    static FolderResult open(Path path) {
        if (Files.isDirectory(path)) {
            return Files.isWritable(path)
                    ? new FolderResult.Opened(new ConfigFolder(path))
                    : new FolderResult.NotWritable(path, "permission denied");
        }
        return Files.exists(path) ? new FolderResult.NotAFolder(path) : new FolderResult.Missing(path);
    }

    static FolderResult create(Path path) {
        try {
            Files.createDirectories(path, ownersOnly(path));
        } catch (FileAlreadyExistsException _) {
            return new FolderResult.NotAFolder(path);
        } catch (IOException e) {
            return hasFileOnTheWay(path)
                    ? new FolderResult.NotAFolder(path)
                    : new FolderResult.NotWritable(path, IoText.of(e));
        }
        return open(path);
    }

    private static boolean hasFileOnTheWay(Path path) {
        for (Path at = path.getParent(); at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return !Files.isDirectory(at);
            }
        }
        return false;
    }

    /** Mode 0700 where the file system knows modes. */
    private static FileAttribute<?>[] ownersOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
                : new FileAttribute<?>[0];
    }
}
