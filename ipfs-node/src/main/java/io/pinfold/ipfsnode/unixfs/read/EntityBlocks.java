package io.pinfold.ipfsnode.unixfs.read;

import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Cid;
import java.util.function.Predicate;

/**
 * Gets the blocks that a file's part is read from or a folder is listed from, one after another in the order of the content,
 * each as often as it is linked unless it is known: whoever gives them learns which they are.
 */
public final class EntityBlocks {

    private final BlockGetter blocks;
    private final Part part;
    private final Predicate<Cid> isKnown;
    private int links;

    /** The part of a file that is asked for. */
    public interface Part {

        /** The first byte, of a file of {@code size} bytes. */
        long first(long size);

        /** The byte behind the last. */
        long end(long size);
    }

    private EntityBlocks(BlockGetter blocks, Part part, Predicate<Cid> isKnown) {
        this.blocks = blocks;
        this.part = part;
        this.isKnown = isKnown;
    }

    /**
     * Gets the blocks of what is at {@code cid}; of what is no UnixFS, and of an empty part, the first block alone.
     *
     * @param isKnown whether all below a node that is needed wholly was got before and is not to be got again; asked once for
     *        each, so that it can remember what it was asked
     */
    public static Outcome<Cid> get(BlockGetter blocks, Cid cid, Part part, Predicate<Cid> isKnown) {
        return Outcome.attempt(() -> {
            new EntityBlocks(blocks, part, isKnown).entity(cid);
            return cid;
        });
    }

    private void entity(Cid cid) throws UnixFsException {
        UnixFsNode root;
        try {
            root = UnixFsNode.load(blocks, cid);
        } catch (UnixFsException e) {
            if (e.failure().problem() == Problem.MALFORMED) {
                return;
            }
            throw e;
        }
        switch (root.data().type()) {
            case FILE -> {
                long size = root.fileSize();
                long first = part.first(size);
                long end = part.end(size);
                if (first < end) {
                    below(root, first, end, 0);
                }
            }
            case HAMT_SHARD -> new FolderReader(blocks).list(root, _ -> {});
            case RAW, DIRECTORY, SYMLINK, METADATA -> {
            }
        }
    }

    /** Gets what of the links of a file's node, which begins at byte 0, has a byte from {@code first} and before {@code end}. */
    private void below(UnixFsNode node, long first, long end, int depth) throws UnixFsException {
        links += node.links().size();
        if (depth == FileReader.MAX_DEPTH || links > FileReader.MAX_LINKS) {
            throw new UnixFsException(depth == FileReader.MAX_DEPTH ? Problem.TOO_DEEP : Problem.TOO_MANY,
                    node.cid() + " is " + depth + " nodes deep, with " + links + " links so far");
        }
        long at = node.data().data().size();
        for (int i = 0; i < node.links().size() && at < end; i++) {
            long size = node.data().blockSizes().get(i);
            Cid cid = node.links().get(i).cid();
            boolean isWhole = at >= first && at + size <= end;
            if (size > 0 && at + size > first && !(isWhole && isKnown.test(cid))) {
                child(cid, size, first - at, end - at, depth);
            }
            at += size;
        }
        links -= node.links().size();
    }

    private void child(Cid cid, long claimed, long first, long end, int depth) throws UnixFsException {
        UnixFsNode child = UnixFsNode.load(blocks, cid);
        if (child.fileSize() != claimed) {
            throw new UnixFsException(Problem.WRONG_SIZE,
                    cid + " has " + child.fileSize() + " bytes and not " + claimed + ", as was claimed");
        }
        below(child, first, end, depth + 1);
    }
}
