package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.unixfs.UnixFsException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * What this machine's file system says of an entry, symbolic links not followed.
 *
 * @param mode permissions, set-id and sticky bits; absent where there are none
 */
record FileFacts(Path path, Kind kind, long size, OptionalInt mode, Instant mtime) {

    /** The kinds of entries. */
    enum Kind {
        /** A regular file. */
        FILE,
        /** A folder. */
        FOLDER,
        /** A symbolic link. */
        SYMLINK,
        /** A device, socket or pipe. */
        OTHER
    }

    private static final boolean UNIX = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final int MODE_BITS = 07777;

    /** @param withMode whether permissions are wanted */
    static FileFacts of(Path path, boolean withMode) throws UnixFsException {
        try {
            BasicFileAttributes facts = Files
                    .readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new FileFacts(path, kind(facts), facts.size(), withMode ? mode(path) : OptionalInt.empty(),
                    facts.lastModifiedTime().toInstant());
        } catch (IOException e) {
            throw PathImport.unreadable(path, e);
        }
    }

    private static OptionalInt mode(Path path) throws IOException {
        return UNIX
                && Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode
                && (mode & MODE_BITS) != 0 ? OptionalInt.of(mode & MODE_BITS) : OptionalInt.empty();
    }

    private static Kind kind(BasicFileAttributes facts) {
        if (facts.isRegularFile()) {
            return Kind.FILE;
        }
        if (facts.isDirectory()) {
            return Kind.FOLDER;
        }
        return facts.isSymbolicLink() ? Kind.SYMLINK : Kind.OTHER;
    }
}
