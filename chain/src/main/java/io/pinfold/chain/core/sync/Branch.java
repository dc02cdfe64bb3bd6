package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.machine.SyncProgress;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One attempt to fetch an announced branch: what has come of it and when, whether that became valid, and who lacks it.
 *
 * <p>It remembers at most the connected peers. For one thread.
 */
final class Branch {

    /** How long blocks that were handed over may take to become valid before the branch is put off. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How long a peer that does not have a branch is not asked for it. */
    static final Duration LACK = Duration.ofSeconds(2);
    /** How long a branch of which nothing comes keeps others waiting at first; it doubles with each failure, up to PATIENCE. */
    static final Duration STALL = Duration.ofMillis(500);

    private static final int MAX_DOUBLINGS = 10;

    private final SyncSession session;
    private final Map<PeerId, Long> lacking = new HashMap<>();
    /** Since when what was handed over is not valid; 0 if it is. */
    private long stuckSince;
    /** When blocks came last, or it was begun. */
    private long cameAt;
    /** Whether blocks that were not here are among those that were handed over and not yet seen to be valid. */
    private boolean fresh;

    /** Fetches the branch that {@code announced} ends now, supposing that it stands on the block below {@code from}. */
    Branch(Targets.Target announced, long from, long nowMillis) {
        this.session = new SyncSession(announced, from, nowMillis);
        this.cameAt = nowMillis;
    }

    /** Who announced it, and may have announced more since. */
    Targets.Target announced() {
        return session.announced();
    }

    /** Where it ends. */
    ChainPoint target() {
        return session.target();
    }

    /** Whether any of its blocks have come. */
    boolean isBegun() {
        return session.isBegun();
    }

    /** Whether what was handed over has not become valid. */
    boolean isStuck() {
        return stuckSince != 0;
    }

    /** When it is to be given up, if it is stuck. */
    long stuckUntilMillis() {
        return stuckSince + PATIENCE.toMillis();
    }

    /** Until when it may keep others waiting if nothing comes. */
    long stallsAtMillis() {
        long first = STALL.toMillis() << Math.min(announced().failures(), MAX_DOUBLINGS);
        return cameAt + (isBegun() ? PATIENCE.toMillis() : Math.min(PATIENCE.toMillis(), first));
    }

    /** The next range to ask for; empty if enough are under way. */
    Optional<BlocksRequest.Range> request() {
        return session.request();
    }

    /** The range {@code request} could not be had; it will be asked for again. */
    void failed(BlocksRequest.Range request) {
        session.failed(request);
    }

    /** Takes in the answer to {@code request}; the blocks to be judged now, upwards. */
    List<CheckedBlock> received(BlocksRequest.Range request, RangeContent content, Predicate<Cid> known,
            long nowMillis) {
        cameAt = nowMillis;
        session.answered(request, content, known);
        List<CheckedBlock> next = session.handOver();
        fresh |= next.stream().anyMatch(block -> !known.test(block.cid()));
        return next;
    }

    /**
     * What was handed over has been judged, and is {@code known} if it is valid.
     *
     * @return whether new blocks became valid
     */
    boolean judged(Predicate<Cid> known, long nowMillis) {
        boolean stuck = session.handedOver().filter(cid -> !known.test(cid)).isPresent();
        boolean progress = fresh && !stuck;
        fresh &= stuck;
        if (stuck && stuckSince == 0) {
            stuckSince = nowMillis;
        } else if (!stuck) {
            stuckSince = 0;
        }
        return progress;
    }

    /** {@code peer} does not have it, and is not asked for {@link #LACK}. */
    void lackedBy(PeerId peer, long nowMillis) {
        lacking.put(peer, nowMillis + LACK.toMillis());
    }

    /** {@code peer} cannot be asked any more. */
    void forget(PeerId peer) {
        lacking.remove(peer);
    }

    /** Has the peers be asked again whose time has come. */
    void askAgain(long nowMillis) {
        lacking.values().removeIf(until -> until <= nowMillis);
    }

    /** Who is not asked for it now. */
    Set<PeerId> lacking() {
        return lacking.keySet();
    }

    /** When somebody who lacks it may be asked again, {@link Long#MAX_VALUE} if nobody lacks it. */
    long askAgainMillis() {
        return lacking.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    /** How far it has come. */
    SyncProgress progress(boolean idle) {
        return new SyncProgress(session.startedAt(), session.reached(), target().height(), session.sinceMillis(),
                idle);
    }
}
