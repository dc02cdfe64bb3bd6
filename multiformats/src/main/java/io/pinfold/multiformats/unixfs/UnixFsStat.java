package io.pinfold.multiformats.unixfs;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a file system knows of a file besides its content.
 *
 * @param mode permissions, set-id and sticky bits, and above them 20 bits that nobody uses; unsigned
 * @param mtime when it was changed last
 */
public record UnixFsStat(OptionalInt mode, Optional<Instant> mtime) {

    /** Nothing is known. */
    public static final UnixFsStat NONE = new UnixFsStat(OptionalInt.empty(), Optional.empty());

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return mode.isEmpty() && mtime.isEmpty();
    }
}
