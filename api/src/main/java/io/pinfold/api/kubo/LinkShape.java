package io.pinfold.api.kubo;

import io.pinfold.ipfsnode.unixfs.read.FolderItem;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.time.Instant;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;

/**
 * What {@code ls} shows of an entry beside its name.
 *
 * @param type the number that UnixFS has for it
 * @param mode permissions and type as Go writes them, 0 if they are not known
 * @param modified when it was changed last, the year 1 if that is not known
 */
record LinkShape(int type, long size, String target, long mode, String modified) {

    private static final String NEVER = "0001-01-01T00:00:00Z";
    private static final int FOLDER = 1;
    private static final int FILE = 2;
    private static final int SYMLINK = 4;
    private static final long GO_FOLDER = 1L << 31;
    private static final long GO_SYMLINK = 1L << 27;
    private static final long GO_SET_USER = 1L << 23;
    private static final long GO_SET_GROUP = 1L << 22;
    private static final long GO_STICKY = 1L << 20;

    /** Nothing is known. */
    static final LinkShape UNKNOWN = new LinkShape(0, 0, "", 0, NEVER);

    /** A leaf of a file, in its own block. */
    static LinkShape raw(long size) {
        return new LinkShape(FILE, size, "", 0, NEVER);
    }

    static LinkShape of(UnixFsEntry entry) {
        int type = switch (entry.kind()) {
            case FILE -> FILE;
            case FOLDER -> FOLDER;
            case SYMLINK -> SYMLINK;
        };
        return new LinkShape(type, entry.size(), entry.target(), mode(entry.kind(), entry.stat().mode()),
                modified(entry.stat()));
    }

    private static long mode(UnixFsEntry.Kind kind, OptionalInt unix) {
        if (unix.isEmpty()) {
            return 0;
        }
        int bits = unix.getAsInt();
        return (bits & 0777)
                | ((bits & 04000) != 0 ? GO_SET_USER : 0)
                | ((bits & 02000) != 0 ? GO_SET_GROUP : 0)
                | ((bits & 01000) != 0 ? GO_STICKY : 0)
                | switch (kind) {
                    case FILE -> 0;
                    case FOLDER -> GO_FOLDER;
                    case SYMLINK -> GO_SYMLINK;
                };
    }

    private static String modified(UnixFsStat stat) {
        return stat.mtime()
                .map(Instant::toString)
                .map(text -> text.replaceFirst("(\\.[0-9]*?)0+Z$", "$1Z"))
                .orElse(NEVER);
    }

    void write(JsonGenerator json, FolderItem item) {
        json.writeStartObject();
        json.writeStringProperty("Name", item.nameText());
        json.writeStringProperty("Hash", item.cid().toString());
        json.writeNumberProperty("Size", size);
        json.writeNumberProperty("Type", type);
        json.writeStringProperty("Target", target);
        json.writeNumberProperty("Mode", mode);
        json.writeStringProperty("ModTime", modified);
        json.writeEndObject();
    }
}
