package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Collects blocks and gives them to a sink in batches, one batch on its way while the next is collected. */
final class Batches {

    /** The size of a batch, in bytes, from which it is given away. */
    static final int MAX_BYTES = 2 << 20;
    /** The number of blocks of a batch. */
    static final int MAX_BLOCKS = 1024;

    private final BlockSink sink;
    private final ExecutorService threads;
    private List<Block> batch = new ArrayList<>();
    private long bytes;
    private @Nullable Future<Put> underWay;

    Batches(BlockSink sink, ExecutorService threads) {
        this.sink = sink;
        this.threads = threads;
    }

    void add(Block block) throws UnixFsException {
        batch.add(block);
        bytes += block.data().size();
        if (bytes >= MAX_BYTES || batch.size() == MAX_BLOCKS) {
            give();
        }
    }

    /** Returns when the sink has taken all blocks. */
    void flush() throws UnixFsException {
        if (!batch.isEmpty()) {
            give();
        }
        await();
    }

    private void give() throws UnixFsException {
        await();
        List<Block> full = batch;
        underWay = threads.submit(() -> sink.put(full));
        batch = new ArrayList<>();
        bytes = 0;
    }

    private void await() throws UnixFsException {
        Future<Put> last = underWay;
        underWay = null;
        if (last != null) {
            switch (Work.result(last)) {
                case Put.Stored _ -> {
                }
                case Put.Full(String detail) -> throw new UnixFsException(Problem.STORE_FULL, detail);
                case Put.Failed(String detail) -> throw new UnixFsException(Problem.STORE_FAILED, detail);
            }
        }
    }
}
