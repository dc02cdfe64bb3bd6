package io.pinfold.chain.head;

import io.pinfold.chain.core.Head;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.codec.HeadCodec;
import io.pinfold.chain.head.HeadVerdict.Accept;
import io.pinfold.chain.head.HeadVerdict.Ignore;
import io.pinfold.chain.head.HeadVerdict.Reason;
import io.pinfold.chain.head.HeadVerdict.Reject;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.TrustedSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Decides which heads are listened to, the cheap questions first: an old head costs no signature check.
 *
 * <p>May be used by many threads at once; signatures are checked outside its lock. Its memory is one rank for each
 * publisher and one counter for each of at most {@value #MAX_NEIGHBOURS} neighbours.
 */
public final class HeadGate {

    /** Heads that were not newer, from one neighbour in one {@link #WINDOW}, beyond which they are rejected. */
    public static final int MAX_REPLAYS = 64;
    /** The time over which they are counted. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int MAX_NEIGHBOURS = 4_096;

    private final Cid chainId;
    private final Supplier<TrustedSet> trusted;
    private final InstantSource clock;
    private final Map<PeerId, Rank> best = new HashMap<>();
    private final LinkedHashMap<PeerId, Integer> replays = new LinkedHashMap<>();
    private Instant windowEnd;

    /** A gate for the heads of {@code chainId}; {@code trusted} gives the keys in force. */
    public HeadGate(Cid chainId, Supplier<TrustedSet> trusted, InstantSource clock) {
        this.chainId = chainId;
        this.trusted = trusted;
        this.clock = clock;
        this.windowEnd = clock.instant().plus(WINDOW);
    }

    /** What orders the heads of one voter. */
    private record Rank(long trustVersion, long height, long timeMillis) implements Comparable<Rank> {

        static Rank of(Head head) {
            return new Rank(head.trustVersion(), head.height(), head.timeMillis());
        }

        @Override
        public int compareTo(Rank other) {
            int byTrust = Long.compare(trustVersion, other.trustVersion);
            int byHeight = byTrust != 0 ? byTrust : Long.compare(height, other.height);
            return byHeight != 0 ? byHeight : Long.compare(timeMillis, other.timeMillis);
        }
    }

    /** Judges {@code head}, which {@code via} passed on; an accepted one is its voter's best from then on. */
    public HeadVerdict judge(SignedHead head, PeerId via) {
        Head content = head.head();
        if (!content.chainId().equals(chainId)) {
            return new Reject(Reason.WRONG_CHAIN);
        }
        TrustedSet keys = trusted.get();
        if (!keys.isPublisher(content.voter())) {
            return content.trustVersion() > keys.version()
                    ? new Ignore(Reason.NEWER_TRUST)
                    : new Reject(Reason.NOT_TRUSTED);
        }
        if (!isNewer(content)) {
            return replayed(via);
        }
        if (content.timeMillis() > clock.millis() + Limits.CLOCK_TOLERANCE.toMillis()) {
            return new Ignore(Reason.FUTURE);
        }
        if (!HeadCodec.isSigned(head)) {
            return new Reject(Reason.BAD_SIGNATURE);
        }
        return remember(content) ? new Accept() : new Ignore(Reason.NOT_NEWER);
    }

    private synchronized boolean isNewer(Head head) {
        Rank known = best.get(head.voter());
        return known == null || Rank.of(head).compareTo(known) > 0;
    }

    private synchronized boolean remember(Head head) {
        if (!isNewer(head)) {
            return false;
        }
        best.keySet().retainAll(trusted.get().keys().publishers());
        best.put(head.voter(), Rank.of(head));
        return true;
    }

    private synchronized HeadVerdict replayed(PeerId via) {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            replays.clear();
            windowEnd = now.plus(WINDOW);
        }
        if (replays.size() >= MAX_NEIGHBOURS && !replays.containsKey(via)) {
            replays.pollFirstEntry();
        }
        return replays.merge(via, 1, Integer::sum) > MAX_REPLAYS
                ? new Reject(Reason.REPLAYED_TOO_OFTEN)
                : new Ignore(Reason.NOT_NEWER);
    }
}
