package io.pinfold.chain.store.blocks;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.store.segment.DamagedRange;
import io.pinfold.chain.store.segment.SegmentLog;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks that damage has taken, and the end of the damage once they have been appended again.
 *
 * <p>Of a gap in the applied branch only the uppermost block is known, by the link of the one above; the next is known
 * when that is back. The merges of all blocks are read, once for the damage there is, when the branch has no gap.
 */
final class MissingBlocks {

    private static final Logger LOG = LoggerFactory.getLogger(MissingBlocks.class);

    private final SegmentLog log;
    private final GuardedIndex index;
    private final BlockReader reader;
    private Optional<Set<Cid>> merged = Optional.empty();
    /** The damage when the merges were read. */
    private List<DamagedRange> mergedOf = List.of();

    MissingBlocks(SegmentLog log, GuardedIndex index, BlockReader reader) {
        this.log = log;
        this.index = index;
        this.reader = reader;
    }

    /** The known missing blocks; after they have been appended there may be more. */
    synchronized List<Cid> find() {
        List<DamagedRange> damage = log.damage();
        if (damage.isEmpty()) {
            return List.of();
        }
        if (!damage.equals(mergedOf)) {
            merged = Optional.empty();
        }
        List<Cid> gaps = index.read(MissingBlocks::gaps);
        if (!gaps.isEmpty()) {
            return gaps;
        }
        Set<Cid> candidates = merged.orElseGet(this::readMerges);
        merged = Optional.of(candidates);
        mergedOf = log.damage();
        return index.read(known -> candidates.stream().filter(cid -> !known.holds(cid)).toList());
    }

    /** To be called by the appending thread after blocks were appended: lets go of damage that is mended. */
    void appended() {
        List<DamagedRange> damage = log.damage();
        if (!damage.isEmpty() && find().isEmpty()) {
            long forgotten = damage.stream().filter(log::forget).count();
            LOG.info("{} of {} damaged ranges are mended", forgotten, damage.size());
        }
    }

    private static List<Cid> gaps(ChainIndex known) {
        return LongStream.rangeClosed(1, known.branch().height())
                .filter(height -> !known.holdsAt(height))
                .mapToObj(known::at)
                .flatMap(Optional::stream)
                .map(Digest::toCid)
                .toList();
    }

    private Set<Cid> readMerges() {
        Set<Cid> absent = new LinkedHashSet<>();
        int height = index.read(known -> known.branch().height());
        for (long at = 1; at <= height; at++) {
            long asked = at;
            List<Cid> merges = index.read(known -> known.at(asked))
                    .flatMap(reader::read)
                    .map(SignedBlock::block)
                    .map(block -> new ArrayList<>(block.merges()))
                    .orElseGet(ArrayList::new);
            merges.removeIf(cid -> index.read(known -> known.holds(cid)));
            absent.addAll(merges);
        }
        return absent;
    }
}
