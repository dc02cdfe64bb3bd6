package io.pinfold.ipfsnode.unixfs.read;

import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.dagpb.PbLink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes a part of a file to a stream, in order, while the blocks behind are got by other threads.
 *
 * <p>At most {@value #MAX_AHEAD} blocks are in memory ahead of what is written, and the links of the nodes above. Used once.
 */
final class FileReader implements AutoCloseable {

    /** The greatest number of blocks that are got ahead. */
    static final int MAX_AHEAD = 16;
    /** The greatest number of nodes above one another; a balanced file of 2^63 bytes has 63 with two links each. */
    static final int MAX_DEPTH = 128;
    /** The greatest number of links of the nodes that are being read. */
    static final int MAX_LINKS = 1 << 17;

    private final BlockGetter blocks;
    private final OutputStream out;
    private final long from;
    private final long to;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private int ahead;
    private int links;

    /** @param from the first byte, inclusive; {@code to} exclusive */
    FileReader(BlockGetter blocks, OutputStream out, long from, long to) {
        this.blocks = blocks;
        this.out = out;
        this.from = from;
        this.to = to;
    }

    /** Writes what of the file is between the bounds. */
    void write(UnixFsNode root) throws UnixFsException, IOException {
        write(root, 0, root.fileSize(), 0);
    }

    private void write(UnixFsNode node, long start, long claimed, int depth) throws UnixFsException, IOException {
        if (node.fileSize() != claimed) {
            throw new UnixFsException(Problem.WRONG_SIZE,
                    node.cid() + " has " + node.fileSize() + " bytes and not " + claimed + ", as was claimed");
        }
        writeOwn(node.data().data(), start);
        if (node.links().isEmpty()) {
            return;
        }
        links += node.links().size();
        if (depth == MAX_DEPTH || links > MAX_LINKS) {
            throw new UnixFsException(depth == MAX_DEPTH ? Problem.TOO_DEEP : Problem.TOO_MANY,
                    node.cid() + " is " + depth + " nodes deep, with " + links + " links so far");
        }
        writeBelow(node, start + node.data().data().size(), depth);
        links -= node.links().size();
    }

    private void writeOwn(Bytes content, long start) throws IOException {
        long first = Math.max(from - start, 0);
        long last = Math.min(to - start, content.size());
        if (first < last) {
            content.writeTo(out, (int) first, (int) last);
        }
    }

    private void writeBelow(UnixFsNode node, long start, int depth) throws UnixFsException, IOException {
        Deque<Future<UnixFsNode>> coming = new ArrayDeque<>();
        int asked = 0;
        long askedUpTo = start;
        long at = start;
        for (int i = 0; i < node.links().size() && at < to; i++) {
            long size = node.data().blockSizes().get(i);
            if (isWanted(at, size)) {
                while (asked <= i || (asked < node.links().size() && ahead < MAX_AHEAD && askedUpTo < to)) {
                    long next = node.data().blockSizes().get(asked);
                    if (isWanted(askedUpTo, next)) {
                        coming.add(ask(node.links().get(asked)));
                    }
                    askedUpTo += next;
                    asked++;
                }
                write(take(coming), at, size, depth + 1);
            }
            at += size;
        }
    }

    /** What claims to be empty is passed over: it may be a graph without end. */
    private boolean isWanted(long start, long size) {
        return size > 0 && start + size > from;
    }

    private Future<UnixFsNode> ask(PbLink link) {
        ahead++;
        return threads.submit(() -> UnixFsNode.load(blocks, link.cid()));
    }

    private UnixFsNode take(Deque<Future<UnixFsNode>> coming) throws UnixFsException, IOException {
        ahead--;
        try {
            return coming.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a block was awaited", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnixFsException failure) {
                throw failure;
            }
            throw new IllegalStateException("getting a block failed", e.getCause());
        }
    }

    /** Gives up what is under way and returns when it has ended. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
