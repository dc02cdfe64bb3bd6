package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Bytes;
import java.nio.charset.StandardCharsets;

/** Names of entries of a folder: bytes, usually UTF-8. */
public final class Names {

    /** The greatest size of a name that is imported or exported, in bytes; file systems have 255. */
    public static final int MAX_BYTES = 1024;

    private Names() {}

    /** The bytes of {@code name} in UTF-8. */
    public static Bytes bytes(String name) {
        return Bytes.copyOf(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of {@code name}; what is no UTF-8 in it is replaced by U+FFFD. */
    public static String text(Bytes name) {
        return new String(name.toArray(), StandardCharsets.UTF_8);
    }

    /** Gives {@code name} back if it can be that of one file within a folder: no path, none of the two dots. */
    public static Bytes check(Bytes name) throws UnixFsException {
        if (name.isEmpty() || name.size() > MAX_BYTES) {
            throw new UnixFsException(Problem.BAD_NAME, "name of " + name.size() + " bytes");
        }
        boolean dots = name.size() <= 2;
        for (int i = 0; i < name.size(); i++) {
            byte next = name.get(i);
            if (next == 0 || next == '/') {
                throw new UnixFsException(Problem.BAD_NAME, "name with " + (next == 0 ? "a NUL" : "a slash"));
            }
            dots &= next == '.';
        }
        if (dots) {
            throw new UnixFsException(Problem.BAD_NAME, "name '" + text(name) + "'");
        }
        return name;
    }
}
