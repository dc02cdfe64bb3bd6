package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;

/** Makes the blocks of one file: leaves hashed several at a time, nodes as their links are full. Used once. */
final class FileWriter {

    /** Bytes of chunks that are hashed at a time. */
    private static final int MAX_UNDER_WAY = 1 << 20;
    /** Chunks from this size on are hashed by other threads: below, handing over costs more. */
    private static final int WORTH_A_THREAD = 16 << 10;

    private final Importer importer;
    private final Chunks chunks;
    private final UnixFsStat stat;
    private final boolean rawLeaves;
    private final int maxUnderWay;
    private final Deque<Future<Leaf>> underWay = new ArrayDeque<>();
    private final BalancedTree tree;

    private record Leaf(Block block, int size) {}

    FileWriter(Importer importer, Chunks chunks, UnixFsStat stat) {
        this.importer = importer;
        this.chunks = chunks;
        this.stat = stat;
        this.rawLeaves = importer.layout().rawLeaves() && stat.isEmpty();
        this.maxUnderWay = Math.max(2, MAX_UNDER_WAY / importer.layout().chunkSize());
        this.tree = new BalancedTree(importer);
    }

    Imported write() throws UnixFsException {
        try {
            Bytes first = chunks.next();
            Bytes second = first.size() < importer.layout().chunkSize() ? Bytes.EMPTY : chunks.next();
            if (second.isEmpty()) {
                return emit(leaf(first, stat));
            }
            add(first);
            for (Bytes next = second; !next.isEmpty(); next = chunks.next()) {
                add(next);
            }
            while (!underWay.isEmpty()) {
                take();
            }
            return tree.finish(stat);
        } finally {
            underWay.forEach(work -> work.cancel(false));
        }
    }

    private void add(Bytes chunk) throws UnixFsException {
        if (chunk.size() < WORTH_A_THREAD && underWay.isEmpty()) {
            tree.add(emit(leaf(chunk, UnixFsStat.NONE)));
            return;
        }
        if (underWay.size() == maxUnderWay) {
            take();
        }
        underWay.add(importer.threads().submit(() -> leaf(chunk, UnixFsStat.NONE)));
    }

    private void take() throws UnixFsException {
        tree.add(emit(Work.result(underWay.remove())));
    }

    private Imported emit(Leaf leaf) throws UnixFsException {
        return importer.emit(leaf.block, 0, leaf.size);
    }

    private Leaf leaf(Bytes chunk, UnixFsStat ofFile) throws UnixFsException {
        Block block = rawLeaves
                ? importer.nodes().raw(chunk)
                : importer.nodes().node(UnixFsData.leaf(chunk, ofFile), List.of());
        return new Leaf(block, chunk.size());
    }
}
