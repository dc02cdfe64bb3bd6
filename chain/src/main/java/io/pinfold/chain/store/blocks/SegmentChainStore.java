package io.pinfold.chain.store.blocks;

import io.pinfold.chain.ChainStore;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.store.Opening;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.segment.OpenReport;
import io.pinfold.chain.store.segment.SegmentLog;
import io.pinfold.chain.store.segment.SegmentLogConfig;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The chain in a segment log, with an index in memory that opening builds from the files.
 *
 * <p>Each block that is read is hashed anew and compared with its CID. A record that turns out damaged counts as missing
 * from then on; once all that is missing has been appended again, the damaged bytes are let go. A folder has one store at
 * a time.
 */
public final class SegmentChainStore implements ChainStore {

    /** Size from which a new segment is begun: 64 MiB. */
    public static final int SEGMENT_BYTES = 64 << 20;

    private static final String TAG = "BLKS";

    private final SegmentLog log;
    private final OpenReport report;
    private final GuardedIndex index;
    private final BlockReader reader;
    private final MissingBlocks missing;

    SegmentChainStore(SegmentLog log, OpenReport report, ChainIndex index) {
        this.log = log;
        this.report = report;
        this.index = new GuardedIndex(index);
        this.reader = new BlockReader(log, this.index);
        this.missing = new MissingBlocks(log, this.index, reader);
    }

    /** Opens the store in {@code folder}, making it if need be. */
    public static Opening<SegmentChainStore> open(Path folder, FileSystemAccess files, RandomGenerator random) {
        return open(folder, files, random, SEGMENT_BYTES);
    }

    static Opening<SegmentChainStore> open(
            Path folder, FileSystemAccess files, RandomGenerator random, int segmentBytes) {
        int maxRecord = ChainRecord.BLOCK_HEADER_BYTES + Limits.BLOCK_BYTES;
        return ChainOpener.open(new SegmentLogConfig(folder, TAG, maxRecord, segmentBytes), files, random);
    }

    /** What opening found: damage, and what a crash left behind. */
    public OpenReport report() {
        return report;
    }

    @Override
    public void append(List<SignedBlock> blocks, ChainPoint head) {
        ChainAppend append = index.read(known -> ChainAppend.of(blocks, head, known));
        append.write(log);
        index.write(append::enter);
        missing.appended();
    }

    @Override
    public Optional<ChainPoint> head() {
        return index.read(ChainIndex::head);
    }

    @Override
    public Optional<SignedBlock> get(Cid cid) {
        return Digest.of(cid).flatMap(reader::read);
    }

    @Override
    public boolean contains(Cid cid) {
        return index.read(known -> known.holds(cid));
    }

    @Override
    public Optional<Cid> cidAt(long height) {
        return index.read(known -> known.at(height)).map(Digest::toCid);
    }

    @Override
    public void scan(long from, Predicate<SignedBlock> visitor) {
        Optional<SignedBlock> former = Optional.empty();
        for (long height = from;; height++) {
            long asked = height;
            Optional<SignedBlock> block = index.read(known -> known.at(asked)).flatMap(reader::read);
            if (block.isEmpty() || !follows(block.get(), former) || !visitor.test(block.get())) {
                return;
            }
            former = block;
        }
    }

    @Override
    public void scanOrphans(Predicate<SignedBlock> visitor) {
        int count = index.read(known -> known.blocks().size());
        for (int number = 0; number < count; number++) {
            int asked = number;
            Optional<SignedBlock> orphan = index.read(known -> known.orphan(asked)).flatMap(reader::read);
            if (orphan.isPresent() && !visitor.test(orphan.get())) {
                return;
            }
        }
    }

    @Override
    public List<Cid> missing() {
        return missing.find();
    }

    @Override
    public void close() {
        try {
            log.close();
        } catch (IOException e) {
            throw new StoreException(new StoreFailure(StoreFailure.Kind.IO_ERROR, e.toString()));
        }
    }

    /** Whether {@code block} stands on {@code former}: it does not if the applied branch was switched between the two. */
    private static boolean follows(SignedBlock block, Optional<SignedBlock> former) {
        return former.isEmpty() || block.block().prev().equals(former.get().cid());
    }
}
