package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Makes the blocks of files, symbolic links and folders and gives them to a sink.
 *
 * <p>For one thread, which reads and puts together; chunks are hashed and batches stored by others beside it. At most some
 * 8 MiB of content are in memory. What was made is in the sink when {@link #flush} has returned; after a failure nothing more
 * is to be made. It is closed in any case.
 */
public final class Importer implements AutoCloseable {

    private final Layout layout;
    private final Nodes nodes;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Batches batches;
    private final byte[] scratch;

    /** An importer that lays out as {@code layout} says. */
    public Importer(Layout layout, BlockSink sink) {
        this.layout = layout;
        this.nodes = new Nodes(layout);
        this.batches = new Batches(sink, threads);
        this.scratch = new byte[layout.chunkSize()];
    }

    /**
     * Imports a file.
     *
     * @param content is read to its end, and not closed
     * @param expectedSize its size, if it is known; a wrong one costs a copy
     */
    public Imported file(InputStream content, long expectedSize, UnixFsStat stat) throws UnixFsException {
        return new FileWriter(this, new Chunks(content, expectedSize, scratch), stat).write();
    }

    /** Makes a symbolic link to {@code target}. */
    public Imported symlink(Bytes target, UnixFsStat stat) throws UnixFsException {
        return emit(UnixFsData.symlink(target, stat), List.of(), 0);
    }

    /** Begins a folder, of which several may be begun at once. */
    public FolderWriter folder(UnixFsStat stat) {
        return new FolderWriter(this, stat);
    }

    /** Returns when the sink has taken all blocks made so far. */
    public void flush() throws UnixFsException {
        batches.flush();
    }

    /** Returns when nothing is under way any more. What was not flushed may be stored or not. */
    @Override
    public void close() {
        threads.close();
    }

    Layout layout() {
        return layout;
    }

    Nodes nodes() {
        return nodes;
    }

    ExecutorService threads() {
        return threads;
    }

    /** Gives away a node; {@code sizeBelow} bytes are in the blocks that it links to. */
    Imported emit(UnixFsData message, List<PbLink> links, long fileSize) throws UnixFsException {
        long sizeBelow = 0;
        for (PbLink link : links) {
            sizeBelow += link.size().orElse(0);
        }
        return emit(nodes.node(message, links), sizeBelow, fileSize);
    }

    /** Gives away a block with {@code sizeBelow} bytes in the blocks that it links to. */
    Imported emit(Block block, long sizeBelow, long fileSize) throws UnixFsException {
        batches.add(block);
        return new Imported(block.cid(), block.data().size() + sizeBelow, fileSize);
    }
}
