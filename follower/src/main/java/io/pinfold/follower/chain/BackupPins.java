package io.pinfold.follower.chain;

import io.pinfold.chain.ChainStore;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.rpc.RpcMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the chain's blocks in the IPFS node through its garbage collections: one recursive pin for each {@value #BLOCKS} heights (design
 * section 4).
 *
 * <p>The pin is of a small index block that links to the blocks under their <em>raw</em> CIDs: the same multihashes, so they stay, and
 * nothing walks from block to block. Blocks that are merged belong to the block that merges them. An index is made once its blocks are
 * {@value #SETTLED} below the head; the blocks are put again first, so that none is missing that the node had dropped. For one thread.
 */
public final class BackupPins {

    /** Heights under one pin. */
    public static final int BLOCKS = 1_024;
    /** How far below the head a block no longer changes, as a rule; if it does, a pin keeps some blocks that nobody needs. */
    public static final int SETTLED = 128;
    /** Most indexes made in one {@link #round}. */
    public static final int MAX_INDEXES = 16;

    private static final Logger log = LoggerFactory.getLogger(BackupPins.class);
    private static final int MAX_PUT = 200;
    private static final long MAX_BYTES = 4 << 20;
    private static final Duration STALL = Duration.ofMinutes(1);

    private final Cid cluster;
    private final ChainStore store;
    private final IpfsNode node;
    private final BackupMark mark;
    private final RpcMeter meter;

    /**
     * Keeps the blocks of {@code store} in {@code node}.
     *
     * @param mark remembers how far this has come
     */
    public BackupPins(Cid cluster, ChainStore store, IpfsNode node, BackupMark mark, RpcMeter meter) {
        this.cluster = cluster;
        this.store = store;
        this.node = node;
        this.mark = mark;
        this.meter = meter;
    }

    /** The index block of {@code blocks}. */
    public static Block index(Cid cluster, long from, List<Cid> blocks) {
        Bytes bytes = DagCbor.encode(CborMap.builder()
                .put("blocks", blocks.stream().map(cid -> new CborLink(Cid.v1(Multicodec.RAW, cid.hash()))).toList())
                .put("cluster", cluster.toString())
                .put("from", from)
                .build());
        return new Block(Cid.dagCbor(bytes), bytes);
    }

    /** The name of an index's pin; it has not the mark of content pins, which the tracker would remove. */
    public static String name(Cid cluster, long from) {
        return "pinfold-chain/" + cluster + '/' + from;
    }

    /** Makes what is due; returns how many indexes were pinned. */
    public int round() {
        long head = store.head().map(ChainPoint::height).orElse(0L);
        int done = 0;
        for (long from = mark.done() + 1; done < MAX_INDEXES
                && from + BLOCKS - 1 + SETTLED <= head; from += BLOCKS) {
            if (Thread.currentThread().isInterrupted() || !pin(from)) {
                break;
            }
            mark.set(from + BLOCKS - 1);
            meter.count("chain_backup_pins", 1);
            done++;
        }
        return done;
    }

    private boolean pin(long from) {
        Set<Cid> cids = new LinkedHashSet<>();
        List<Block> batch = new ArrayList<>();
        for (long height = from; height < from + BLOCKS; height++) {
            Optional<SignedBlock> block = store.cidAt(height).flatMap(store::get);
            if (block.isEmpty()) {
                return false; // damaged; it is fetched again
            }
            for (Cid merge : block.get().block().merges()) {
                store.get(merge).ifPresent(merged -> add(merged, cids, batch));
            }
            add(block.get(), cids, batch);
            if (isFull(batch) && !put(batch)) {
                return false;
            }
        }
        Block index = index(cluster, from, List.copyOf(cids));
        batch.add(index);
        return put(batch) && pin(index.cid(), from);
    }

    private static void add(SignedBlock block, Set<Cid> cids, List<Block> batch) {
        if (cids.add(block.cid())) {
            batch.add(new Block(block.cid(), block.bytes()));
        }
    }

    private static boolean isFull(List<Block> batch) {
        return batch.size() >= MAX_PUT || batch.stream().mapToLong(data -> data.data().size()).sum() >= MAX_BYTES;
    }

    /** Puts {@code batch} into the node and empties it; whether that worked. */
    private boolean put(List<Block> batch) {
        if (node.putBlocks(List.copyOf(batch)) instanceof Answer.Failed<Integer>(var failure)) {
            log.debug("blocks are not kept in {}: {}", node.name(), failure);
            return false;
        }
        batch.clear();
        return true;
    }

    private boolean pin(Cid index, long from) {
        PinOutcome outcome = node.pin(new PinRequest(index, new PinDepth.Recursive(), name(cluster, from),
                Optional.empty(), List.of(), STALL), (_, _) -> {});
        if (outcome instanceof PinOutcome.Pinned || outcome instanceof PinOutcome.AlreadyPinned) {
            log.debug("blocks from height {} are pinned by {}", from, index);
            return true;
        }
        log.warn("the chain's blocks from height {} are not pinned in {}: {}", from, node.name(), outcome);
        return false;
    }
}
