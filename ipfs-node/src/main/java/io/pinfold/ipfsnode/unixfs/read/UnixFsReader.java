package io.pinfold.ipfsnode.unixfs.read;

import io.pinfold.ipfsnode.unixfs.Names;
import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry.Kind;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads files and folders whose blocks a getter gives. For any number of threads.
 *
 * <p>Whatever the blocks are, memory is bounded: by some 50 MiB for a file (16 blocks ahead, and the links above), by the
 * shards from the outermost inwards for a folder.
 */
public final class UnixFsReader {

    /** The greatest number of names of a path. */
    public static final int MAX_PATH = 256;

    private final BlockGetter blocks;

    /** A reader of blocks that {@code blocks} gives. */
    public UnixFsReader(BlockGetter blocks) {
        this.blocks = blocks;
    }

    /** What is at {@code cid}. */
    public Outcome<UnixFsEntry> entry(Cid cid) {
        return Outcome.attempt(() -> entry(UnixFsNode.load(blocks, cid)));
    }

    /** The CID behind {@code path}, name by name from the folder {@code root}. Symbolic links are not followed. */
    public Outcome<Cid> resolve(Cid root, List<String> path) {
        return Outcome.attempt(() -> {
            if (path.size() > MAX_PATH) {
                throw new UnixFsException(Problem.TOO_DEEP, "a path of " + path.size() + " names");
            }
            Cid at = root;
            for (String name : path) {
                at = entry(at, name);
            }
            return at;
        });
    }

    private Cid entry(Cid folder, String name) throws UnixFsException {
        return new FolderReader(blocks).find(UnixFsNode.load(blocks, folder), Names.bytes(name))
                .map(FolderItem::cid)
                .orElseThrow(() -> new UnixFsException(Problem.NOT_FOUND,
                        "no link named \"" + name + "\" under " + folder));
    }

    /**
     * Hands the entries of a folder to {@code each}: as they are in its block, or in the order of their hashes if it is in
     * shards.
     *
     * @return the folder; a failure may come after some entries
     */
    public Outcome<UnixFsEntry> list(Cid folder, Consumer<FolderItem> each) {
        return Outcome.attempt(() -> {
            UnixFsNode node = UnixFsNode.load(blocks, folder);
            new FolderReader(blocks).list(node, each::accept);
            return entry(node);
        });
    }

    /**
     * Writes a part of a file.
     *
     * @param from the first byte; {@code to} the one behind the last. What is beyond the file's end is left out.
     * @return the file; a failure may come after some bytes
     * @throws IOException if the stream fails, or the thread is interrupted
     */
    public Outcome<UnixFsEntry> cat(Cid file, long from, long to, OutputStream out) throws IOException {
        try {
            UnixFsNode node = UnixFsNode.load(blocks, file);
            copy(node, from, to, out);
            return new Outcome.Done<>(entry(node));
        } catch (UnixFsException e) {
            UnixFsFailure failure = e.failure();
            return new Outcome.Failed<>(failure);
        }
    }

    /** Writes a whole file. */
    public Outcome<UnixFsEntry> cat(Cid file, OutputStream out) throws IOException {
        return cat(file, 0, Long.MAX_VALUE, out);
    }

    void copy(UnixFsNode file, long from, long to, OutputStream out) throws UnixFsException, IOException {
        try (FileReader reader = new FileReader(blocks, out, from, to)) {
            reader.write(file);
        }
    }

    BlockGetter blocks() {
        return blocks;
    }

    private static UnixFsEntry entry(UnixFsNode node) throws UnixFsException {
        return switch (node.data().type()) {
            case FILE, RAW -> new UnixFsEntry(node.cid(), Kind.FILE, node.fileSize(), "", node.data().stat());
            case DIRECTORY, HAMT_SHARD -> new UnixFsEntry(node.cid(), Kind.FOLDER, 0, "", node.data().stat());
            case SYMLINK -> new UnixFsEntry(node.cid(), Kind.SYMLINK, node.data().data().size(),
                    Names.text(node.data().data()), node.data().stat());
            case METADATA -> throw new UnixFsException(Problem.MALFORMED, node.cid() + " is of a type never used");
        };
    }
}
