package io.pinfold.multiformats.unixfs;

import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a file system knows of a file besides its content.
 *
 * @param mode permissions, set-id and sticky bits, and above them 20 bits that nobody uses; unsigned
 * @param mtime when it was changed last
 */
public record UnixFsStat(OptionalInt mode, Optional<Instant> mtime) {

    /** Nothing is known. */
    public static final UnixFsStat NONE = new UnixFsStat(OptionalInt.empty(), Optional.empty());

    /** The permissions of owner, group and others among the bits of {@code mode}. */
    public static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        int bit = 0400;
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & bit) != 0) {
                permissions.add(permission);
            }
            bit >>= 1;
        }
        return permissions;
    }

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return mode.isEmpty() && mtime.isEmpty();
    }
}
