package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.RangeSource;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.machine.SyncProgress;
import io.pinfold.chain.core.sync.Questions.Question;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.HeadMark;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Plans what to ask whom, so that the blocks of announced heads come here: one branch at a time, the best first, its
 * ranges from several peers. A branch that no peer has, or of which nothing comes while others wait, is put off.
 *
 * <p>For the chain's thread. It keeps no block that was not asked for, and few of those.
 */
public final class ChainSync {

    /** How long the blocks of one key are waited for without any coming, before this peer signs without them. */
    public static final Duration WAIT = Patience.LENGTH;
    /** How long they are waited for in all while some come, unless blocks of this peer's own may be among them. */
    public static final Duration WAIT_MOST = Patience.MOST;

    /** How soon single blocks are asked for again when every peer is busy. */
    static final Duration RETRY = Duration.ofMillis(200);

    private final RangeSource source;
    private final Predicate<Cid> known;
    private final PeerTable peers;
    private final Targets targets = new Targets();
    private final Questions questions;
    private final BranchChoice branches;
    private final WantList wants = new WantList();

    /** A planner that asks {@code source}; {@code known} tells whether a block is here and valid in its place. */
    public ChainSync(RangeSource source, Predicate<Cid> known, RandomGenerator random) {
        this.source = source;
        this.known = known;
        this.peers = new PeerTable(random);
        this.questions = new Questions(source, peers);
        this.branches = new BranchChoice(targets, questions, known);
    }

    /** {@code peer} can be asked. */
    public void connected(PeerId peer) {
        peers.connected(peer);
        targets.retry();
    }

    /** {@code peer} cannot be asked any more; what it was asked may still be answered. */
    public void disconnected(PeerId peer) {
        peers.disconnected(peer);
        branches.present().ifPresent(branch -> branch.forget(peer));
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
     * 1970; 0 if there is no such head. Each key has {@link #WAIT} without progress, whatever it announces meanwhile, and
     * {@link #WAIT_MOST} in all if it is {@code bounded}.
     */
    public long waitUntilMillis(StateMark best, Predicate<PeerId> bounded) {
        return targets.waitUntilMillis(best, bounded);
    }

    /** How far the present branch has come. */
    public Optional<SyncProgress> progress() {
        return branches.present().map(branch -> branch.progress(questions.isIdle(branch)));
    }

    /**
     * Takes in the answer to the request {@code number}.
     *
     * @return blocks to be judged now, in this order
     */
    public List<CheckedBlock> answered(long number, BlocksAnswer answer, long nowMillis) {
        return questions.answered(number).map(question -> answered(question, answer, nowMillis)).orElse(List.of());
    }

    private List<CheckedBlock> answered(Question question, BlocksAnswer answer, long nowMillis) {
        return switch (answer) {
            case BlocksAnswer.Blocks(List<CheckedBlock> blocks) -> received(question, blocks, nowMillis);
            case BlocksAnswer.Unknown() -> {
                branches.present()
                        .filter(branch -> branch == question.branch())
                        .ifPresent(branch -> branch.lackedBy(question.peer(), nowMillis));
                yield failed(question);
            }
            case BlocksAnswer.Failed(String _, Duration retryAfter) -> {
                peers.bad(question.peer(), retryAfter.toMillis(), nowMillis);
                yield failed(question);
            }
            case BlocksAnswer.Lied(var verdict) -> lied(question, verdict.toString(), nowMillis);
        };
    }

    private List<CheckedBlock> received(Question question, List<CheckedBlock> blocks, long nowMillis) {
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
                Branch of = question.branch();
                Optional<RangeContent> content = of == null
                        ? Optional.empty()
                        : RangeContent.of(range, of.target(), blocks);
                if (of == null || content.isEmpty()) {
                    yield lied(question, "no range of the branch", nowMillis);
                }
                peers.good(question.peer());
                yield branches.present().filter(branch -> branch == of).isPresent()
                        ? of.received(range, content.get(), known, nowMillis)
                        : blocks; // slow, but perhaps just what the branch lacks when its turn comes again
            }
        };
    }

    private List<CheckedBlock> lied(Question question, String reason, long nowMillis) {
        source.penalise(question.peer(), reason);
        peers.bad(question.peer(), PeerTable.MAX_PAUSE_MILLIS, nowMillis);
        return failed(question);
    }

    private static List<CheckedBlock> failed(Question question) {
        if (question.branch() != null && question.request() instanceof BlocksRequest.Range range) {
            question.branch().failed(range);
        }
        return List.of();
    }

    /** A block that was handed over is invalid: the present branch is put off. */
    public void invalid(long nowMillis) {
        branches.giveUp(nowMillis);
    }

    /**
     * Sends what is due; the blocks handed over so far have been judged.
     *
     * @param head the height of our best branch
     * @return when to call again at the latest, in milliseconds since 1970
     */
    public long tick(long head, long nowMillis) {
        questions.late(nowMillis)
                .forEach(number -> answered(number, new BlocksAnswer.Failed("no answer", Duration.ZERO), nowMillis));
        targets.settle(known, nowMillis);
        branches.check(nowMillis);
        do {
            branches.begin(head + 1, nowMillis);
            branches.present().ifPresent(branch -> sendRanges(branch, nowMillis));
        } while (branches.isPutOffAsLacking(peers.connected(), nowMillis));
        sendWants(nowMillis);
        return nextMillis(nowMillis);
    }

    private void sendRanges(Branch branch, long nowMillis) {
        if (branch.isStuck()) {
            return;
        }
        branch.askAgain(nowMillis);
        Set<PeerId> holders = branch.announced().holders();
        while (true) {
            Optional<PeerId> peer = peers.choose(holders, branch.lacking(), nowMillis);
            Optional<BlocksRequest.Range> range = peer.isEmpty() ? Optional.empty() : branch.request();
            if (peer.isEmpty() || range.isEmpty()) {
                return;
            }
            questions.ask(peer.get(), range.get(), branch, nowMillis);
        }
    }

    private void sendWants(long nowMillis) {
        if (wants.isEmpty() || wants.nextMillis() > nowMillis) {
            return;
        }
        peers.choose(Set.of(), Set.of(), nowMillis)
                .ifPresent(peer -> questions.ask(peer, new BlocksRequest.ByCid(wants.due(nowMillis)), null,
                        nowMillis));
    }

    private long nextMillis(long nowMillis) {
        long next = Math.min(questions.nextMillis(), branches.nextMillis(nowMillis));
        if (branches.present().filter(branch -> !branch.isStuck()).isPresent()) {
            next = Math.min(next, peers.nextMillis(nowMillis));
        }
        return wants.isEmpty() || peers.connected().isEmpty()
                ? next
                : Math.min(next, Math.max(nowMillis + RETRY.toMillis(), wants.nextMillis()));
    }

    /** The branch that is being fetched. */
    Optional<ChainPoint> current() {
        return branches.present().map(Branch::target);
    }
}
