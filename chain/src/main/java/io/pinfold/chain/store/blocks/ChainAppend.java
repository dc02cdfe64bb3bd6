package io.pinfold.chain.store.blocks;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.store.segment.Groups;
import io.pinfold.chain.store.segment.SegmentLog;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The records of one append: the blocks that are not held yet, and last the head, if it moves. */
final class ChainAppend {

    private final List<ChainRecord> records = new ArrayList<>();
    private final List<Bytes> payloads = new ArrayList<>();
    private List<Long> positions = List.of();

    private ChainAppend() {}

    /**
     * The append of {@code blocks} and {@code head} to what is {@code known}.
     *
     * @throws IllegalArgumentException if the head is none of the blocks, held or given, or a CID is not a block's
     */
    static ChainAppend of(List<SignedBlock> blocks, ChainPoint head, ChainIndex known) {
        ChainAppend append = new ChainAppend();
        Set<Cid> given = new HashSet<>();
        for (SignedBlock block : blocks) {
            if (given.add(block.cid()) && !known.holds(block.cid())) {
                append.add(block);
            }
        }
        if (head.height() > AppliedBranch.MAX_HEIGHT
                || (head.height() > 0 && !given.contains(head.cid()) && !known.holds(head.cid()))) {
            throw new IllegalArgumentException("no block for the head " + head);
        }
        if (!known.head().filter(head::equals).isPresent()) {
            ChainRecord.HeadRecord record = new ChainRecord.HeadRecord(head.height(), digest(head.cid()));
            append.records.add(record);
            append.payloads.add(ChainRecord.encode(record));
        }
        return append;
    }

    /**
     * Writes the records with one force; more than one only for groups above {@link SegmentLog#MAX_GROUP_BYTES}.
     *
     * @throws StoreException if not all of them could be written
     */
    void write(SegmentLog log) {
        positions = Groups.append(log, payloads);
    }

    /** Enters what was written into the index. */
    void enter(ChainIndex known) {
        for (int i = 0; i < records.size(); i++) {
            known.add(records.get(i), positions.get(i));
        }
    }

    private void add(SignedBlock block) {
        Digest previous = digest(block.block().prev());
        Digest own = digest(block.cid());
        records.add(new ChainRecord.BlockRecord(block.height(), previous, own));
        payloads.add(ChainRecord.encode(block, previous, own));
    }

    private static Digest digest(Cid cid) {
        return Digest.of(cid).orElseThrow(() -> new IllegalArgumentException(cid + " is no block's CID"));
    }
}
