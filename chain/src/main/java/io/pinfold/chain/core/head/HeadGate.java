package io.pinfold.chain.core.head;

import io.pinfold.chain.core.Head;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.codec.HeadCodec;
import io.pinfold.chain.core.head.HeadVerdict.Accept;
import io.pinfold.chain.core.head.HeadVerdict.Ignore;
import io.pinfold.chain.core.head.HeadVerdict.Reason;
import io.pinfold.chain.core.head.HeadVerdict.Reject;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.trust.HeadMark;
import io.pinfold.trust.TrustHistory;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges announcements before they are delivered or forwarded: cheap checks first, the signature last, and never for a
 * head that is not newer than the best of its voter.
 *
 * <p>May be used by any thread; the lock is not held while a signature is checked. Memory is bounded by the number of
 * trusted keys and of neighbours.
 */
public final class HeadGate {

    /** How long after it was made a head may be on its way through the caches of neighbours. */
    static final Duration RELAYED = Duration.ofMinutes(2);

    private final Cid chainId;
    private final TrustHistory trust;
    private final ClockSkew skew;
    private final Map<PeerId, HeadMark> best = new HashMap<>();
    private final Map<PeerId, HeadMark> future = new HashMap<>();
    private final FloodMeter floods = new FloodMeter();

    /**
     * A gate for the cluster {@code chainId}.
     *
     * @param known the heads accepted before, from the guard log
     * @param skew is told how the clocks of voters differ from ours
     */
    public HeadGate(Cid chainId, TrustHistory trust, Collection<HeadMark> known, ClockSkew skew) {
        this.chainId = chainId;
        this.trust = trust;
        this.skew = skew;
        known.forEach(mark -> best.put(mark.voter(), mark));
    }

    /** What an announcement says, for comparison with others of its voter. */
    public static HeadMark mark(Head head) {
        return new HeadMark(head.voter(), head.trustVersion(), head.height(), head.cid(), head.timeMillis());
    }

    /** Takes note of an announcement of our own, so that old ones of ours count as such when they come back. */
    public synchronized void announced(HeadMark mark) {
        if (newerThan(best.get(mark.voter()), mark)) {
            best.put(mark.voter(), mark);
        }
    }

    /** Judges {@code data}, announced just now and sent by {@code neighbour}. */
    public HeadVerdict judge(Bytes data, PeerId neighbour, long nowMillis) {
        return judge(data, neighbour, true, nowMillis);
    }

    /** Judges {@code data}, which {@code peer} answered when it was asked for heads: old ones are no offence there. */
    public HeadVerdict judgeAnswer(Bytes data, PeerId peer, long nowMillis) {
        return judge(data, peer, false, nowMillis);
    }

    private HeadVerdict judge(Bytes data, PeerId neighbour, boolean announced, long nowMillis) {
        if (data.size() > Limits.HEAD_BYTES) {
            return new Reject(Reason.MALFORMED);
        }
        return switch (HeadCodec.decode(data)) {
            case Decoded.Refused<SignedHead>(Refusal refusal) -> refusal.kind() == Refusal.Kind.UNSUPPORTED
                    ? new Ignore(Reason.UNKNOWN_VERSION)
                    : new Reject(Reason.MALFORMED);
            case Decoded.Ok<SignedHead>(SignedHead head) -> judge(head, neighbour, announced, nowMillis);
        };
    }

    private HeadVerdict judge(SignedHead signed, PeerId neighbour, boolean announced, long nowMillis) {
        Head head = signed.head();
        if (!head.chainId().equals(chainId)) {
            return new Reject(Reason.WRONG_CHAIN);
        }
        if (!trust.newest().isPublisher(head.voter())) {
            return stranger(head);
        }
        HeadMark mark = mark(head);
        boolean ahead = head.timeMillis() > nowMillis + Limits.CLOCK_TOLERANCE.toMillis();
        if (!isNewer(mark, ahead)) {
            if (!announced && head.voter().equals(neighbour) && isBest(mark)) {
                skew.answered(head.voter(), head.timeMillis(), nowMillis);
            }
            return announced && isOld(head, nowMillis) && isFlood(neighbour, nowMillis)
                    ? new Reject(Reason.FLOOD)
                    : new Ignore(Reason.NOT_NEWER);
        }
        if (!HeadCodec.isSigned(signed)) {
            return new Reject(Reason.BAD_SIGNATURE);
        }
        if (announced) {
            skew.saw(head.voter(), head.timeMillis(), nowMillis);
        } else if (head.voter().equals(neighbour)) {
            skew.answered(head.voter(), head.timeMillis(), nowMillis);
        }
        if (!remember(mark, ahead)) {
            return new Ignore(Reason.NOT_NEWER);
        }
        return ahead ? new Ignore(Reason.FUTURE) : new Accept(signed);
    }

    /**
     * Whether no honest neighbour would still pass {@code head} on. One that came back, and has forgotten which messages it saw,
     * asks its neighbours for all that they heard of late: their answers are no offence, however many.
     */
    private static boolean isOld(Head head, long nowMillis) {
        return head.timeMillis() < nowMillis - RELAYED.toMillis();
    }

    private HeadVerdict stranger(Head head) {
        if (head.trustVersion() > trust.newest().version()) {
            return new Ignore(Reason.NEWER_TRUST);
        }
        boolean once = trust.byAnchor().values().stream().anyMatch(set -> set.isPublisher(head.voter()));
        return once ? new Ignore(Reason.NO_LONGER_TRUSTED) : new Reject(Reason.NOT_TRUSTED);
    }

    private synchronized boolean isNewer(HeadMark mark, boolean ahead) {
        return newerThan(best.get(mark.voter()), mark) && (!ahead || newerThan(future.get(mark.voter()), mark));
    }

    /** Whether {@code mark} is the best of its voter, whose signature was checked then. */
    private synchronized boolean isBest(HeadMark mark) {
        return mark.equals(best.get(mark.voter()));
    }

    /** Makes {@code mark} the best of its voter; false if another thread brought a newer one meanwhile. */
    private synchronized boolean remember(HeadMark mark, boolean ahead) {
        if (!isNewer(mark, ahead)) {
            return false;
        }
        (ahead ? future : best).put(mark.voter(), mark);
        return true;
    }

    private synchronized boolean isFlood(PeerId neighbour, long nowMillis) {
        return floods.isOneTooMany(neighbour, nowMillis);
    }

    private static boolean newerThan(@Nullable HeadMark known, HeadMark mark) {
        return known == null || mark.isNewerThan(known);
    }
}
