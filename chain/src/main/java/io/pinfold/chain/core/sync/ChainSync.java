package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.RangeSource;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.machine.SyncProgress;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.HeadMark;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plans what to ask whom, so that the blocks of announced heads come here: one branch at a time, the best first, its
 * ranges from several peers. A branch that no peer has, or of which nothing comes while others wait, is put off.
 *
 * <p>For the chain's thread. It keeps no block that was not asked for, and few of those.
 */
public final class ChainSync {

    /** How long an answer may take before the request counts as failed, whatever the source says. */
    static final Duration DEADLINE = Duration.ofSeconds(90);
    /** How long blocks that were handed over may take to become valid before the branch is put off. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How long a peer that does not have a branch is not asked for it. */
    static final Duration LACK = Duration.ofSeconds(2);
    /** How long a branch of which nothing comes keeps others waiting at first; it doubles with each failure, up to PATIENCE. */
    static final Duration STALL = Duration.ofMillis(500);
    /** The longest time for which a branch is put off that cannot be had. */
    static final Duration RETRY_MAX = Duration.ofSeconds(10);
    /** The longest time for which a branch is put off that is not valid. */
    static final Duration INVALID_MAX = Duration.ofMinutes(10);
    /** How long the blocks of one key are waited for without any coming, before this peer signs without them. */
    public static final Duration WAIT = Patience.LENGTH;

    /** How soon single blocks are asked for again when every peer is busy. */
    static final Duration RETRY = Duration.ofMillis(200);

    private final RangeSource source;
    private final Predicate<Cid> known;
    private final PeerTable peers;
    private final Targets targets = new Targets();
    private final WantList wants = new WantList();
    private final LinkedHashMap<Long, Asked> asked = new LinkedHashMap<>();
    private final Map<PeerId, Long> lacking = new HashMap<>();
    private @Nullable SyncSession session;
    private long stuckSince;
    /** When blocks of the present branch came last, or it was begun. */
    private long cameAt;
    /** Whether blocks that were not here are among those that were handed over and not yet seen to be valid. */
    private boolean fresh;
    private long lastNumber;

    private record Asked(PeerId peer, BlocksRequest request, @Nullable SyncSession session, long atMillis) {}

    /** A planner that asks {@code source}; {@code known} tells whether a block is here and valid in its place. */
    public ChainSync(RangeSource source, Predicate<Cid> known, RandomGenerator random) {
        this.source = source;
        this.known = known;
        this.peers = new PeerTable(random);
    }

    /** {@code peer} can be asked. */
    public void connected(PeerId peer) {
        peers.connected(peer);
        targets.retry();
    }

    /** {@code peer} cannot be asked any more; what it was asked may still be answered. */
    public void disconnected(PeerId peer) {
        peers.disconnected(peer);
        lacking.remove(peer);
    }

    /** The peers that can be asked. */
    public Set<PeerId> peers() {
        return Set.copyOf(peers.connected());
    }

    /** {@code holder} told of the head {@code mark}, whose block is not here. */
    public void target(HeadMark mark, PeerId holder, long nowMillis) {
        targets.add(mark, holder, nowMillis);
    }

    /** The blocks {@code cids} are needed. */
    public void want(Collection<Cid> cids) {
        wants.add(cids);
    }

    /**
     * Until when the blocks of announced heads that are better than {@code best} are worth waiting for, in milliseconds since
     * 1970; 0 if there is no such head. Each key has {@link #WAIT} without progress, whatever it announces meanwhile.
     */
    public long waitUntilMillis(StateMark best) {
        return targets.waitUntilMillis(best);
    }

    /** How far the present branch has come. */
    public Optional<SyncProgress> progress() {
        SyncSession now = session;
        return now == null
                ? Optional.empty()
                : Optional.of(new SyncProgress(now.startedAt(), now.reached(), now.target().height(),
                        now.sinceMillis(), isIdle(now)));
    }

    /**
     * Takes in the answer to the request {@code number}.
     *
     * @return blocks to be judged now, in this order
     */
    public List<CheckedBlock> answered(long number, BlocksAnswer answer, long nowMillis) {
        Asked question = asked.remove(number);
        if (question == null) {
            return List.of();
        }
        peers.asked(question.peer(), -1);
        return switch (answer) {
            case BlocksAnswer.Blocks(List<CheckedBlock> blocks) -> received(question, blocks, nowMillis);
            case BlocksAnswer.Unknown() -> {
                if (question.session() != null && question.session() == session) {
                    lacking.put(question.peer(), nowMillis + LACK.toMillis());
                }
                yield failed(question);
            }
            case BlocksAnswer.Failed(String _, Duration retryAfter) -> {
                peers.bad(question.peer(), retryAfter.toMillis(), nowMillis);
                yield failed(question);
            }
            case BlocksAnswer.Lied(var verdict) -> lied(question, verdict.toString(), nowMillis);
        };
    }

    /** A block that was handed over is invalid: the present branch is put off. */
    public void invalid(long nowMillis) {
        if (session != null) {
            giveUp(session, nowMillis);
        }
    }

    /**
     * Sends what is due; the blocks handed over so far have been judged.
     *
     * @param head the height of our best branch
     * @return when to call again at the latest, in milliseconds since 1970
     */
    public long tick(long head, long nowMillis) {
        expire(nowMillis);
        targets.settle(known, nowMillis);
        checkSession(nowMillis);
        do {
            if (session == null) {
                targets.best(nowMillis, _ -> true).ifPresent(target -> begin(target, head + 1, nowMillis));
            }
            sendRanges(nowMillis);
        } while (isPutOffAsLacking(nowMillis));
        sendWants(nowMillis);
        return nextMillis(nowMillis);
    }

    private void begin(Targets.Target target, long from, long nowMillis) {
        session = new SyncSession(target, from, nowMillis);
        stuckSince = 0;
        cameAt = nowMillis;
        fresh = false;
        lacking.clear();
    }

    private void checkSession(long nowMillis) {
        SyncSession now = session;
        if (now == null) {
            return;
        }
        boolean stuck = now.handedOver().filter(cid -> !known.test(cid)).isPresent();
        if (fresh && !stuck) {
            fresh = false;
            targets.progress(now.announced(), nowMillis);
        }
        if (known.test(now.target().cid())) {
            session = null;
        } else if (stuck) {
            stuckSince = stuckSince == 0 ? nowMillis : stuckSince;
            if (nowMillis - stuckSince >= PATIENCE.toMillis()) {
                giveUp(now, nowMillis);
            }
        } else {
            stuckSince = 0;
            makeRoom(now, nowMillis);
        }
    }

    /** Leaves the present branch for a better one, or for one that it only keeps waiting. */
    private void makeRoom(SyncSession now, long nowMillis) {
        Optional<Targets.Target> other = other(now, nowMillis);
        boolean better = !now.announced().point().equals(now.target())
                || other.filter(target -> target.point().height() > now.target().height()).isPresent();
        if (other.isPresent()
                && (nowMillis >= stallsAtMillis(now) || (!now.isBegun() && isLikelier(other.get(), now)))) {
            putOff(now, nowMillis);
        } else if (better && isIdle(now) && lacking.isEmpty()) {
            session = null;
        }
    }

    /** What else could be tried. */
    private Optional<Targets.Target> other(SyncSession now, long nowMillis) {
        return targets.best(nowMillis, target -> !target.equals(now.announced())
                && !target.point().equals(now.target()));
    }

    private static boolean isLikelier(Targets.Target other, SyncSession now) {
        return other.failures() < now.announced().failures();
    }

    private long stallsAtMillis(SyncSession now) {
        long first = STALL.toMillis() << Math.min(now.announced().failures(), 10);
        return cameAt + (now.isBegun() ? PATIENCE.toMillis() : Math.min(PATIENCE.toMillis(), first));
    }

    private boolean isIdle(SyncSession now) {
        return asked.values().stream().noneMatch(each -> each.session() == now);
    }

    /** Puts off the present branch if those who can be asked do not have it; whether it did. */
    private boolean isPutOffAsLacking(long nowMillis) {
        SyncSession now = session;
        if (now == null || stuckSince != 0 || lacking.isEmpty() || !isIdle(now)) {
            return false;
        }
        if (!now.isBegun() && lacking.keySet().containsAll(peers.connected())) {
            targets.lacked(now.announced(), now.target().cid(), nowMillis);
        }
        putOff(now, nowMillis);
        return true;
    }

    private void sendRanges(long nowMillis) {
        SyncSession now = session;
        if (now == null || stuckSince != 0) {
            return;
        }
        lacking.values().removeIf(until -> until <= nowMillis);
        Set<PeerId> holders = now.announced().holders();
        while (true) {
            Optional<PeerId> peer = peers.choose(holders, lacking.keySet(), nowMillis);
            Optional<BlocksRequest.Range> range = peer.isEmpty() ? Optional.empty() : now.request();
            if (peer.isEmpty() || range.isEmpty()) {
                return;
            }
            send(peer.get(), range.get(), now, nowMillis);
        }
    }

    private void sendWants(long nowMillis) {
        if (wants.isEmpty() || wants.nextMillis() > nowMillis) {
            return;
        }
        peers.choose(Set.of(), Set.of(), nowMillis)
                .ifPresent(
                        peer -> send(peer, new BlocksRequest.ByCid(wants.due(nowMillis)), null, nowMillis));
    }

    private void send(PeerId peer, BlocksRequest request, @Nullable SyncSession of, long nowMillis) {
        long number = ++lastNumber;
        asked.put(number, new Asked(peer, request, of, nowMillis));
        peers.asked(peer, 1);
        source.requestBlocks(number, peer, request);
    }

    private List<CheckedBlock> received(Asked question, List<CheckedBlock> blocks, long nowMillis) {
        return switch (question.request()) {
            case BlocksRequest.ByCid(List<Cid> cids) -> {
                Set<Cid> expected = new HashSet<>(cids);
                if (blocks.stream().anyMatch(block -> !expected.contains(block.cid()))) {
                    yield lied(question, "blocks that were not asked for", nowMillis);
                }
                peers.good(question.peer());
                yield blocks.stream().filter(block -> wants.arrived(block.cid())).toList();
            }
            case BlocksRequest.Range range -> {
                SyncSession of = question.session();
                Optional<RangeContent> content = of == null
                        ? Optional.empty()
                        : RangeContent.of(range, of.target(), blocks);
                if (of == null || content.isEmpty()) {
                    yield lied(question, "no range of the branch", nowMillis);
                }
                peers.good(question.peer());
                if (of != session) {
                    yield blocks; // slow, but perhaps just what the branch lacks when its turn comes again
                }
                cameAt = nowMillis;
                of.answered(range, content.get(), known);
                List<CheckedBlock> next = of.handOver();
                fresh |= next.stream().anyMatch(block -> !known.test(block.cid()));
                yield next;
            }
        };
    }

    private List<CheckedBlock> lied(Asked question, String reason, long nowMillis) {
        source.penalise(question.peer(), reason);
        peers.bad(question.peer(), PeerTable.MAX_PAUSE_MILLIS, nowMillis);
        return failed(question);
    }

    private List<CheckedBlock> failed(Asked question) {
        if (question.session() != null && question.request() instanceof BlocksRequest.Range range) {
            question.session().failed(range);
        }
        return List.of();
    }

    private void expire(long nowMillis) {
        List<Long> late = asked.entrySet()
                .stream()
                .filter(entry -> nowMillis - entry.getValue().atMillis() >= DEADLINE.toMillis())
                .map(Map.Entry::getKey)
                .toList();
        late.forEach(number -> answered(number, new BlocksAnswer.Failed("no answer", Duration.ZERO), nowMillis));
    }

    /** Nothing is wrong with the branch but that it cannot be had now. */
    private void putOff(SyncSession now, long nowMillis) {
        targets.postpone(now.announced(), now.target().cid(), RETRY_MAX, nowMillis);
        session = null;
    }

    /** The branch was had and is not valid. */
    private void giveUp(SyncSession now, long nowMillis) {
        targets.postpone(now.announced(), now.target().cid(), INVALID_MAX, nowMillis);
        session = null;
        stuckSince = 0;
    }

    private long nextMillis(long nowMillis) {
        long next = Long.MAX_VALUE;
        if (!asked.isEmpty()) {
            next = asked.firstEntry().getValue().atMillis() + DEADLINE.toMillis();
        }
        if (session != null) {
            next = Math.min(next, stuckSince != 0 ? stuckSince + PATIENCE.toMillis() : peers.nextMillis(nowMillis));
            next = Math.min(next, lacking.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE));
            if (other(session, nowMillis).isPresent()) {
                next = Math.min(next, Math.max(nowMillis + 1, stallsAtMillis(session)));
            }
        }
        next = Math.min(next, targets.nextMillis(nowMillis));
        return wants.isEmpty() || peers.connected().isEmpty()
                ? next
                : Math.min(next, Math.max(nowMillis + RETRY.toMillis(), wants.nextMillis()));
    }

    /** The branch that is being fetched. */
    Optional<ChainPoint> current() {
        return Optional.ofNullable(session).map(SyncSession::target);
    }
}
