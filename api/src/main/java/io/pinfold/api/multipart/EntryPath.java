package io.pinfold.api.multipart;

import io.pinfold.multiformats.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the file name of a part: a relative path, percent-encoded as in a query, or as it is if that is malformed. */
final class EntryPath {

    /** The most folders within one another. */
    static final int MAX_DEPTH = 256;

    /** The longest name of a file or folder, in bytes. */
    static final int MAX_NAME = 1024;

    private EntryPath() {}

    /** The names, or why there are none. */
    sealed interface Result {

        /** The names from the outermost folder on; none for an empty path. */
        record Good(List<Bytes> names) implements Result {}

        /** What is wrong with the path. */
        record Bad(String why) implements Result {}
    }

    static Result of(String fileName) {
        byte[] raw = fileName.getBytes(StandardCharsets.UTF_8);
        byte[] path = decode(raw).orElse(raw);
        List<Bytes> names = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= path.length && path.length > 0; at++) {
            if (at == path.length || path[at] == '/') {
                Bytes name = Bytes.copyOf(path, from, at - from);
                Optional<String> problem = problem(name, from == 0);
                if (problem.isPresent()) {
                    return new Result.Bad(problem.get());
                }
                names.add(name);
                from = at + 1;
            }
        }
        return names.size() > MAX_DEPTH
                ? new Result.Bad("is in more than " + MAX_DEPTH + " folders")
                : new Result.Good(names);
    }

    private static Optional<String> problem(Bytes name, boolean first) {
        if (name.isEmpty()) {
            return Optional.of(first ? "is absolute; name it from a folder on" : "has an empty name in it");
        }
        if (name.size() > MAX_NAME) {
            return Optional.of("has a name of more than " + MAX_NAME + " bytes in it");
        }
        boolean dots = name.size() <= 2;
        for (int i = 0; i < name.size(); i++) {
            if (name.get(i) == 0) {
                return Optional.of("has a NUL in it");
            }
            dots &= name.get(i) == '.';
        }
        return dots ? Optional.of("has one or two dots for a name in it") : Optional.empty();
    }

    private static Optional<byte[]> decode(byte[] in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
                int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(in[i] == '+' ? ' ' : in[i]);
            }
        }
        return Optional.of(out.toByteArray());
    }
}
