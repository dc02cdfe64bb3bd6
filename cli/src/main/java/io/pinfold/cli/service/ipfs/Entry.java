package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What a folder says of one that it holds.
 *
 * @param size bytes of a file
 * @param target of a symbolic link
 * @param mode permission bits, if they were noted
 * @param mtime time of change, if it was noted
 */
record Entry(String name, String cid, Kind kind, long size, String target, OptionalInt mode,
        Optional<Instant> mtime) {

    private static final int PERMISSIONS = 0777;
    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    /** What there can be in a folder. */
    enum Kind {
        /** Bytes. */
        FILE("file"),
        /** More of these. */
        FOLDER("folder"),
        /** A path. */
        SYMLINK("symlink"),
        /** Something that is no file of any kind. */
        OTHER("other");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** How programs know it. */
        String word() {
            return word;
        }

        /** By the number that UnixFS has for it. */
        private static Kind of(int number) {
            return switch (number) {
                case 0, 2 -> FILE;
                case 1, 5 -> FOLDER;
                case 4 -> SYMLINK;
                default -> OTHER;
            };
        }
    }

    /** Takes an entry. */
    @FunctionalInterface
    interface Each {
        void take(Entry entry) throws Complaint;
    }

    /** Asks {@code node} what the folder {@code path} holds. */
    static void list(NodeClient node, ContentPath path, Each each) throws Complaint {
        NodeRequest request = NodeRequest.of("ls").with("arg", path).with("stream", true);
        node.lines(path.toString(), request, line -> {
            for (JsonNode object : line.path("Objects")) {
                for (JsonNode link : object.path("Links")) {
                    each.take(of(link));
                }
            }
        });
    }

    private static Entry of(JsonNode link) {
        int mode = (int) link.path("Mode").asLong(0) & PERMISSIONS;
        return new Entry(link.path("Name").asString(""), link.path("Hash").asString(""),
                Kind.of(link.path("Type").asInt(-1)), link.path("Size").asLong(0), link.path("Target").asString(""),
                mode == 0 ? OptionalInt.empty() : OptionalInt.of(mode), time(link.path("ModTime").asString(NO_TIME)));
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.equals(NO_TIME) ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
