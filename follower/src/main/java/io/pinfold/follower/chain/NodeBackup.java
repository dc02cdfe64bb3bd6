package io.pinfold.follower.chain;

import io.pinfold.chain.BlockBackup;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.libp2p.limit.Threads;
import io.pinfold.multiformats.Block;
import io.pinfold.rpc.RpcMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies blocks of the chain into the IPFS node in the background, many in one request.
 *
 * <p>While the node is away blocks wait, up to {@link #MAX_WAITING}; what does not fit is dropped and counted, since the chain
 * store has it.
 */
public final class NodeBackup implements BlockBackup, AutoCloseable {

    /** Most blocks that wait. */
    public static final int MAX_WAITING = 4_096;

    private static final Logger log = LoggerFactory.getLogger(NodeBackup.class);
    private static final int MAX_PARTS = 200;
    private static final int MAX_BYTES = 4 << 20;
    private static final Duration GATHER = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(15);

    private final IpfsNode node;
    private final RpcMeter meter;
    private final BlockingQueue<SignedBlock> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;

    private NodeBackup(IpfsNode node, RpcMeter meter) {
        this.node = node;
        this.meter = meter;
        this.thread = Thread.ofVirtual().name("chain-backup").unstarted(this::run);
    }

    /** Begins to copy into {@code node}. */
    public static NodeBackup start(IpfsNode node, RpcMeter meter) {
        var backup = new NodeBackup(node, meter);
        backup.thread.start();
        return backup;
    }

    @Override
    public void offer(SignedBlock block) {
        if (!waiting.offer(block)) {
            meter.count("chain_backup_dropped_blocks", 1);
        }
    }

    /** Ends copying; what waits is not copied. */
    @Override
    public void close() {
        thread.interrupt();
        Threads.join(thread);
    }

    private void run() {
        try {
            while (true) {
                List<Block> batch = gather();
                while (node.putBlocks(batch) instanceof Answer.Failed<Integer>(var failure)) {
                    log.debug("blocks are not copied to {}: {}", node.name(), failure);
                    Thread.sleep(RETRY);
                }
                meter.count("chain_backup_blocks", batch.size());
            }
        } catch (InterruptedException e) {
            log.debug("backup ended");
        }
    }

    private List<Block> gather() throws InterruptedException {
        List<Block> batch = new ArrayList<>();
        SignedBlock next = waiting.take();
        Thread.sleep(GATHER);
        int bytes = 0;
        while (next != null) {
            batch.add(new Block(next.cid(), next.bytes()));
            bytes += next.bytes().size();
            next = batch.size() < MAX_PARTS && bytes < MAX_BYTES ? waiting.poll() : null;
        }
        return batch;
    }
}
