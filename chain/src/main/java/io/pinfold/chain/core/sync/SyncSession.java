package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Fetching one branch: first its place above a block that is known is looked for, then ranges are fetched, several at a
 * time, and handed over upwards.
 *
 * <p>At most {@value #MAX_RANGES} ranges are under way or wait to be handed over.
 */
final class SyncSession {

    /** The greatest number of ranges under way or waiting. */
    static final int MAX_RANGES = 8;
    /** The number of blocks of a range: small enough that threads check signatures of several while the chain's applies one. */
    static final int RANGE = 128;
    private static final int PROBE = 64;

    private final Targets.Target announced;
    private final ChainPoint target;
    private final long startedAt;
    private final long sinceMillis;
    private final Set<Long> underWay = new HashSet<>();
    private final TreeMap<Long, RangeContent> waiting = new TreeMap<>();
    /** Ranges to ask for again, by their first height. */
    private final TreeSet<Long> gaps = new TreeSet<>();

    private Phase phase = Phase.PROBING;
    /** The height of the next block to be handed over; while probing, of the next probe. */
    private long next;
    private long step = 1;
    /** The height above all that was asked for. */
    private long asked;
    private Cid anchor;
    private boolean begun;

    /** What a session does. */
    private enum Phase {
        /** Asks for one short range after the other, lower each time, until one stands on a known block. */
        PROBING,
        /** Fetches ranges upwards. */
        STREAMING
    }

    /** Fetches the branch that {@code announced} ends now, supposing that it stands on the block below {@code from}. */
    SyncSession(Targets.Target announced, long from, long nowMillis) {
        this.announced = announced;
        this.target = announced.point();
        this.startedAt = from - 1;
        this.sinceMillis = nowMillis;
        this.anchor = target.cid();
        probe(Math.min(from, target.height()));
    }

    /** Who announced the branch, and may have announced more since. */
    Targets.Target announced() {
        return announced;
    }

    /** Whether any blocks of the branch have come. */
    boolean isBegun() {
        return begun;
    }

    ChainPoint target() {
        return target;
    }

    long startedAt() {
        return startedAt;
    }

    long sinceMillis() {
        return sinceMillis;
    }

    /** The height up to which blocks were handed over. */
    long reached() {
        return phase == Phase.PROBING ? startedAt : next - 1;
    }

    /** The block that was handed over last; empty while probing. */
    Optional<Cid> handedOver() {
        return phase == Phase.PROBING ? Optional.empty() : Optional.of(anchor);
    }

    /** The next range to ask for; empty if enough are under way. */
    Optional<BlocksRequest.Range> request() {
        if (underWay.size() + waiting.size() >= (phase == Phase.PROBING ? 1 : MAX_RANGES)) {
            return Optional.empty();
        }
        Long gap = gaps.pollFirst();
        long from = gap != null ? gap : asked;
        if (from > target.height() || underWay.contains(from)) {
            return Optional.empty();
        }
        long end = Math.min(target.height() + 1, from + (phase == Phase.PROBING ? PROBE : RANGE));
        Long nextKnown = gap == null ? null : boundAbove(from);
        end = nextKnown == null ? end : Math.min(end, nextKnown);
        underWay.add(from);
        asked = Math.max(asked, end);
        return Optional.of(new BlocksRequest.Range(target.cid(), from, (int) (end - from)));
    }

    /** The range {@code request} could not be had; it will be asked for again. */
    void failed(BlocksRequest.Range request) {
        if (underWay.remove(request.from())) {
            gaps.add(request.from());
        }
    }

    /** Takes in the answer to {@code request}. */
    void answered(BlocksRequest.Range request, RangeContent content, Predicate<Cid> known) {
        if (!underWay.remove(request.from())) {
            return;
        }
        begun = true;
        if (phase == Phase.PROBING) {
            if (!known.test(content.below())) {
                long lower = Math.max(1, request.from() - step);
                step *= 2;
                probe(lower);
                return;
            }
            phase = Phase.STREAMING;
            next = content.from();
            anchor = content.below();
            asked = content.top().height() + 1;
            gaps.clear();
        }
        waiting.put(content.from(), content);
        long end = request.from() + request.count();
        if (content.top().height() + 1 < end) {
            gaps.add(content.top().height() + 1);
        }
    }

    /** The blocks that come next, upwards; empty while one is missing. */
    List<CheckedBlock> handOver() {
        List<CheckedBlock> blocks = new ArrayList<>();
        while (phase == Phase.STREAMING && !waiting.isEmpty() && waiting.firstKey() == next) {
            RangeContent content = waiting.pollFirstEntry().getValue();
            if (!content.below().equals(anchor)) {
                step = 1;
                probe(next);
                break;
            }
            blocks.addAll(content.blocks());
            anchor = content.top().cid();
            next = content.top().height() + 1;
        }
        return blocks;
    }

    private void probe(long from) {
        phase = Phase.PROBING;
        next = from;
        asked = from;
        waiting.clear();
        underWay.clear();
        gaps.clear();
    }

    /** The lowest height above {@code from} that is asked for or here. */
    private @Nullable Long boundAbove(long from) {
        Long lowest = waiting.higherKey(from);
        for (long start : underWay) {
            if (start > from && (lowest == null || start < lowest)) {
                lowest = start;
            }
        }
        Long gap = gaps.higher(from);
        return lowest == null || (gap != null && gap < lowest) ? gap : lowest;
    }
}
