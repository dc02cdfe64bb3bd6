package io.pinfold.api.kubo;

import io.pinfold.api.http.Reply;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry.Kind;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.ipfsnode.view.Reach;
import io.pinfold.multiformats.Cid;
import java.io.BufferedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code cat}, {@code ls} and {@code resolve}. */
record FileCommands(NodeView node) {

    private static final int BUFFER = 64 << 10;

    Map<String, KuboApi.Command> commands() {
        return Map.of("cat", this::cat, "ls", new ListCommand(node)::run, "resolve", this::resolve);
    }

    private Reply resolve(Arguments arguments) throws CommandException {
        Cid cid = CommandException.orFail(
                node.files().resolve(Arguments.path(arguments.one("name")), arguments.reach()));
        return KuboReplies.json(json -> {
            json.writeStartObject();
            json.writeStringProperty("Path", "/ipfs/" + cid);
            json.writeEndObject();
        });
    }

    /** A part of a file, from one byte to before another. */
    private record Piece(UnixFsEntry file, long from, long to) {}

    private Reply cat(Arguments arguments) throws CommandException {
        List<String> paths = arguments.all("ipfs-path");
        long offset = arguments.number("offset").orElse(0L);
        long length = arguments.number("length").orElse(Long.MAX_VALUE);
        if (offset < 0 || length < 0) {
            throw CommandException.failed("cannot specify negative " + (offset < 0 ? "offset" : "length"));
        }
        Reach reach = arguments.reach();
        List<Piece> pieces = pieces(paths, offset, length, reach);
        long total = pieces.stream().mapToLong(piece -> piece.to() - piece.from()).sum();
        return KuboReplies.stream("text/plain", OptionalLong.of(total), out -> {
            BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
            for (Piece piece : pieces) {
                if (piece.file().kind() == Kind.SYMLINK) {
                    byte[] target = piece.file().target().getBytes(StandardCharsets.UTF_8);
                    buffered.write(target, (int) piece.from(), (int) (piece.to() - piece.from()));
                } else {
                    var read = node.files().cat(piece.file().cid(), piece.from(), piece.to(), reach, buffered);
                    buffered.flush();
                    CommandException.orFail(read);
                }
            }
            buffered.flush();
        });
    }

    private List<Piece> pieces(List<String> paths, long offset, long length, Reach reach) throws CommandException {
        List<Piece> pieces = new ArrayList<>();
        long skip = offset;
        long left = length;
        for (String path : paths) {
            UnixFsEntry file = file(path, reach);
            if (skip > file.size() || left == 0) {
                skip = Math.max(0, skip - file.size());
                continue;
            }
            long some = Math.min(file.size() - skip, left);
            pieces.add(new Piece(file, skip, skip + some));
            left -= some;
            skip = 0;
        }
        return pieces;
    }

    private UnixFsEntry file(String path, Reach reach) throws CommandException {
        Cid cid = CommandException.orFail(node.files().resolve(Arguments.path(path), reach));
        UnixFsEntry entry = CommandException.orFail(node.files().entry(cid, reach));
        if (entry.kind() == Kind.FOLDER) {
            throw CommandException.failed("this dag node is a directory");
        }
        return entry;
    }
}
