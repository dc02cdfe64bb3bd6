package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.head.HeadGate;
import io.pinfold.chain.core.head.Staleness;
import io.pinfold.chain.core.head.Standing;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.HeadMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The newest head of each trusted key: accepted once its block is here, waiting before that. At most two per key.
 */
final class HeadBook {

    private final Map<PeerId, SignedHead> waiting = new HashMap<>();
    private final Map<PeerId, SignedHead> accepted = new HashMap<>();
    private final Map<PeerId, HeadMark> marks = new HashMap<>();
    private final Map<PeerId, Long> upTo = new HashMap<>();
    private Staleness staleness;

    /** A book that begins with the heads accepted in earlier runs. */
    HeadBook(Collection<HeadMark> known, Duration staleAfter) {
        staleness = new Staleness(0, staleAfter);
        for (HeadMark mark : known) {
            marks.put(mark.voter(), mark);
            staleness = staleness.heard(mark.timeMillis());
        }
    }

    /** Takes in {@code head}, which passed the gate. */
    void arrived(SignedHead head) {
        waiting.merge(head.head().voter(), head, (known, next) -> HeadGate.mark(next.head())
                .isNewerThan(HeadGate.mark(known.head())) ? next : known);
    }

    /** Accepts the heads whose block is {@code known}, and gives those. */
    List<HeadMark> settle(Predicate<Cid> known) {
        List<HeadMark> settled = new ArrayList<>();
        for (Iterator<SignedHead> heads = waiting.values().iterator(); heads.hasNext();) {
            SignedHead head = heads.next();
            HeadMark mark = HeadGate.mark(head.head());
            if (known.test(mark.cid())) {
                heads.remove();
                HeadMark before = marks.get(mark.voter());
                if (before == null || mark.isNewerThan(before) || !accepted.containsKey(mark.voter())) {
                    marks.put(mark.voter(), mark);
                    accepted.put(mark.voter(), head);
                    upTo.remove(mark.voter());
                    staleness = staleness.heard(mark.timeMillis());
                    settled.add(mark);
                }
            }
        }
        return settled;
    }

    /** The accepted heads, the best first, at most {@code limit}. */
    List<SignedHead> heads(int limit) {
        return accepted.values()
                .stream()
                .sorted(Comparator.comparingLong((SignedHead head) -> head.head().trustVersion())
                        .thenComparingLong(head -> head.head().height())
                        .thenComparingLong(head -> head.head().timeMillis())
                        .reversed())
                .limit(limit)
                .toList();
    }

    /** Forgets on what the heads stand, because the applied branch is another one. */
    void reorganised() {
        upTo.clear();
    }

    /**
     * Who stands on what.
     *
     * @param common the height up to which the branch that ends at a point is the applied one
     */
    Standing standing(Collection<PeerId> publishers, ToLongFunction<ChainPoint> common) {
        for (HeadMark mark : marks.values()) {
            if (publishers.contains(mark.voter())) {
                upTo.computeIfAbsent(mark.voter(), _ -> common.applyAsLong(new ChainPoint(mark.height(), mark.cid())));
            }
        }
        return new Standing(upTo, publishers.size());
    }

    /** When the last fresh head was heard. */
    Staleness staleness() {
        return staleness;
    }
}
