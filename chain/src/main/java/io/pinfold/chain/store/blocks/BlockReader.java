package io.pinfold.chain.store.blocks;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.codec.BlockCodec;
import io.pinfold.chain.store.segment.Position;
import io.pinfold.chain.store.segment.ReadResult;
import io.pinfold.chain.store.segment.SegmentLog;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads blocks from the log, and takes out of the index what turns out damaged. */
final class BlockReader {

    private static final Logger LOG = LoggerFactory.getLogger(BlockReader.class);

    private final SegmentLog log;
    private final GuardedIndex index;

    BlockReader(SegmentLog log, GuardedIndex index) {
        this.log = log;
        this.index = index;
    }

    /**
     * The block {@code digest}, hashed anew; empty if it is not held, or is damaged.
     *
     * @throws StoreException if the disk cannot be read
     */
    Optional<SignedBlock> read(Digest digest) {
        long position = index.read(known -> known.position(digest));
        if (position == Position.NONE) {
            return Optional.empty();
        }
        Optional<SignedBlock> block = switch (log.read(position)) {
            case ReadResult.Found(Bytes payload) -> decode(payload, digest.toCid());
            case ReadResult.Damaged _,ReadResult.Absent _ -> Optional.empty();
            case ReadResult.Failed(StoreFailure failure) -> throw new StoreException(failure);
        };
        if (block.isEmpty()) {
            LOG.warn("block {} at {} is damaged", digest.toCid(), Position.toString(position));
            index.write(known -> known.lose(digest, position));
        }
        return block;
    }

    private static Optional<SignedBlock> decode(Bytes payload, Cid cid) {
        if (payload.size() < ChainRecord.BLOCK_HEADER_BYTES) {
            return Optional.empty();
        }
        Bytes bytes = payload.slice(ChainRecord.BLOCK_HEADER_BYTES, payload.size());
        if (!cid.hash().verifies(bytes)) {
            return Optional.empty();
        }
        Decoded<SignedBlock> block = BlockCodec.decode(bytes);
        return block.toOptional();
    }
}
