package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.RangeSource;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.trust.HeadMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Fetching a branch from peers that lie, stall, lack it, or all have it. */
class ChainSyncTest {

    private static final PeerId ANN = TestKeys.peerId(11);
    private static final PeerId BOB = TestKeys.peerId(12);
    private static final PeerId CAT = TestKeys.peerId(13);

    private final TestChains chains = new TestChains(1, 2);
    private final BlockVerifier verifier = new BlockVerifier(chains.genesis());
    private final MemoryChainStore full = new MemoryChainStore();
    private final Wire wire = new Wire();
    private final Set<Cid> known = new HashSet<>(Set.of(chains.chainId()));
    private final List<SignedBlock> got = new ArrayList<>();
    private final ChainSync sync = new ChainSync(wire, known::contains, new SplittableRandom(1));
    private final List<SignedBlock> line = chains.line(null, 1, 40, 0);
    private long now = 1_000_000;

    private record Asked(long number, PeerId peer, BlocksRequest request) {}

    private static final class Wire implements RangeSource {

        private final List<Asked> asked = new ArrayList<>();
        private final List<PeerId> penalised = new ArrayList<>();

        @Override
        public void requestBlocks(long number, PeerId peer, BlocksRequest request) {
            asked.add(new Asked(number, peer, request));
        }

        @Override
        public void requestHeads(PeerId peer) {
            throw new AssertionError("not its task");
        }

        @Override
        public void penalise(PeerId peer, String reason) {
            penalised.add(peer);
        }
    }

    @BeforeEach
    void fill() {
        full.append(line, point(line.getLast()));
    }

    @Test
    void aBranchIsFetchedWithOneRequestAtATimeUntilItsPlaceIsKnown() {
        sync.connected(ANN);
        sync.connected(BOB);
        announce(line.getLast(), ANN);
        tick();
        assertThat(wire.asked).hasSize(1);
        assertThat(wire.asked.getFirst().peer()).as("who told of it").isEqualTo(ANN);
        answerAll();
        assertThat(got).isEqualTo(line);
        tick();
        assertThat(sync.current()).isEmpty();
        assertThat(sync.waitUntilMillis(StateMark.genesis(chains.chainId()), _ -> true)).isZero();
    }

    @Test
    void severalPeersAreAskedForALongBranch() {
        List<SignedBlock> more = chains.line(line.getLast(), 1, 3000, 1000);
        full.append(more, point(more.getLast()));
        List.of(ANN, BOB, CAT).forEach(sync::connected);
        announce(more.getLast(), ANN);
        tick();
        answerAll();
        tick();
        assertThat(wire.asked.stream().map(Asked::peer).collect(Collectors.toSet())).hasSizeGreaterThan(1);
        assertThat(wire.asked).hasSizeLessThanOrEqualTo(SyncSession.MAX_RANGES);
        for (int i = 0; i < 10; i++) {
            answerAll();
            tick();
        }
        assertThat(got).hasSize(3040).containsSubsequence(more.getFirst(), more.getLast());
    }

    @Test
    void aForkIsFoundBelowWhatIsKnown() {
        line.subList(0, 30).forEach(block -> known.add(block.cid()));
        List<SignedBlock> own = chains.line(line.get(29), 2, 20, 500);
        own.forEach(block -> known.add(block.cid()));
        sync.connected(ANN);
        announce(line.getLast(), ANN);
        for (int i = 0; i < 20 && got.size() < 10; i++) {
            sync.tick(50, now += 10);
            answerAll();
        }
        assertThat(got).containsSubsequence(line.subList(30, 40));
    }

    @Test
    void aPeerThatSendsAnythingElseIsPenalisedAndAnotherIsAsked() {
        SignedBlock stranger = chains.line(null, 2, 3, 700).getLast();
        sync.connected(ANN);
        announce(line.getLast(), ANN);
        tick();
        Asked asked = wire.asked.removeFirst();
        answer(asked, new BlocksAnswer.Blocks(List.of(verifier.kept(stranger))));
        assertThat(wire.penalised).containsExactly(ANN);
        assertThat(got).isEmpty();
        tick();
        assertThat(wire.asked).as("not the liar").isEmpty();
        sync.connected(BOB);
        tick();
        assertThat(wire.asked).extracting(Asked::peer).containsExactly(BOB);
        answerAll();
        assertThat(got).isEqualTo(line);
    }

    @Test
    void everyAnswerThatIsNoRangeOfTheBranchIsALie() {
        List<SignedBlock> gap = new ArrayList<>(line);
        gap.remove(20);
        List<SignedBlock> above = chains.line(line.getLast(), 1, 1, 900);
        List<SignedBlock> tooHigh = new ArrayList<>(line);
        tooHigh.addAll(above);
        List<SignedBlock> padded = new ArrayList<>(chains.line(null, 2, 40 * 17, 2000));
        padded.addAll(line);
        for (List<SignedBlock> lie : List.of(gap, tooHigh, padded, line.subList(1, 40), line.reversed())) {
            ChainSync fresh = new ChainSync(wire, known::contains, new SplittableRandom(1));
            fresh.connected(ANN);
            fresh.target(mark(line.getLast()), ANN, now);
            wire.asked.clear();
            wire.penalised.clear();
            fresh.tick(0, now);
            List<CheckedBlock> taken = fresh.answered(wire.asked.getFirst().number(),
                    new BlocksAnswer.Blocks(lie.stream().map(verifier::kept).toList()), now);
            assertThat(taken).isEmpty();
            assertThat(wire.penalised).as("%d blocks", lie.size()).containsExactly(ANN);
        }
    }

    @Test
    void aPeerThatNeverAnswersIsLeftForAnother() {
        sync.connected(ANN);
        announce(line.getLast(), ANN);
        tick();
        Asked lost = wire.asked.removeFirst();
        sync.connected(BOB);
        tick();
        assertThat(wire.asked).as("the place is being looked for").isEmpty();
        now += Questions.DEADLINE.toMillis();
        tick();
        assertThat(wire.asked).extracting(Asked::peer).containsExactly(BOB);
        answerAll();
        assertThat(got).isEqualTo(line);
        answer(lost, new BlocksAnswer.Blocks(line.stream().map(verifier::kept).toList()));
        assertThat(got).as("a late answer is not taken").hasSize(40);
    }

    @Test
    void aPeerThatFailsIsAskedLaterAndLater() {
        sync.connected(ANN);
        announce(line.getLast(), ANN);
        List<Long> pauses = new ArrayList<>();
        long next = sync.tick(0, now);
        for (int i = 0; i < 12; i++) {
            answer(wire.asked.removeFirst(), new BlocksAnswer.Failed("busy", Duration.ZERO));
            next = sync.tick(0, now);
            assertThat(wire.asked).isEmpty();
            pauses.add(next - now);
            now = next;
            sync.tick(0, now);
        }
        assertThat(pauses).startsWith(500L, 1000L, 2000L).endsWith(60_000L).isSorted();
    }

    @Test
    void aBranchWhoseBlocksDoNotBecomeValidIsPutOff() {
        sync.connected(ANN);
        announce(line.getLast(), ANN);
        tick();
        Asked asked = wire.asked.removeFirst();
        assertThat(sync.answered(asked.number(), honest(asked), now)).as("handed over").hasSize(40);
        tick();
        now += Branch.PATIENCE.toMillis();
        tick();
        assertThat(sync.current()).isEmpty();
        assertThat(wire.asked).isEmpty();
        now += 1000;
        tick();
        assertThat(wire.asked).as("tried again").hasSize(1);
    }

    @Test
    void singleBlocksAreAskedForAndOnlyThoseAreTaken() {
        sync.connected(ANN);
        sync.want(List.of(line.get(3).cid(), TestCids.cid(1)));
        tick();
        Asked asked = wire.asked.removeFirst();
        assertThat(asked.request()).isEqualTo(new BlocksRequest.ByCid(List.of(line.get(3).cid(), TestCids.cid(1))));
        answer(asked, new BlocksAnswer.Blocks(List.of(verifier.kept(line.get(4)))));
        assertThat(wire.penalised).containsExactly(ANN);
        now += 60_000;
        tick();
        answer(wire.asked.removeFirst(), new BlocksAnswer.Blocks(List.of(verifier.kept(line.get(3)))));
        assertThat(got).containsExactly(line.get(3));
        now += 60_000;
        tick();
        assertThat(wire.asked.getFirst().request()).as("the other one is still wanted")
                .isEqualTo(new BlocksRequest.ByCid(List.of(TestCids.cid(1))));
    }

    @Test
    void aBranchThatNobodyHasIsAskedForSeldomerWhateverItsVoterAnnounces() {
        List.of(ANN, BOB, CAT).forEach(sync::connected);
        List<Integer> perTry = new ArrayList<>();
        List<Long> tries = new ArrayList<>();
        for (int i = 0; i < 10_000; i++, now += 10) {
            sync.target(missing(9, 100 + i), ANN, now);
            int before = wire.asked.size();
            for (int rounds = 0; rounds < 10; rounds++) {
                tick();
                List<Asked> all = wire.asked.subList(before, wire.asked.size()).stream().toList();
                all.forEach(asked -> answer(asked, new BlocksAnswer.Unknown()));
            }
            if (wire.asked.size() > before) {
                tries.add(now);
                perTry.add(wire.asked.size() - before);
            }
        }
        assertThat(perTry).as("each peer once").containsOnly(3);
        assertThat(tries).hasSizeBetween(10, 20);
        assertThat(tries.getLast() - tries.get(tries.size() - 2))
                .isBetween(BranchChoice.RETRY_MAX.toMillis(), BranchChoice.RETRY_MAX.toMillis() + 10);
    }

    @Test
    void whatNobodyHasIsNotWaitedForAndWhatMayComeIsForOnePatience() {
        StateMark nothing = StateMark.genesis(chains.chainId());
        sync.connected(ANN);
        sync.target(missing(9, 100), ANN, now);
        assertThat(sync.waitUntilMillis(nothing, _ -> true)).isEqualTo(now + ChainSync.WAIT.toMillis());
        long until = sync.waitUntilMillis(nothing, _ -> true);
        now += 5000;
        sync.target(missing(9, 101), ANN, now);
        assertThat(sync.waitUntilMillis(nothing, _ -> true)).as("another head of the same key").isEqualTo(until);
        tick();
        answer(wire.asked.removeFirst(), new BlocksAnswer.Unknown());
        tick();
        assertThat(sync.waitUntilMillis(nothing, _ -> true)).isEqualTo(now);
        now += 5000;
        sync.target(missing(9, 102), ANN, now);
        tick();
        assertThat(sync.waitUntilMillis(nothing, _ -> true)).as("it is tried again, and not waited for").isLessThan(now);
    }

    @Test
    void aKeyWhoseBlocksComeAtOnceIsWaitedForEveryTime() {
        sync.connected(ANN);
        for (SignedBlock block : line) {
            now += 60_000;
            announce(block, ANN);
            assertThat(sync.waitUntilMillis(StateMark.genesis(chains.chainId()), _ -> true))
                    .isEqualTo(now + ChainSync.WAIT.toMillis());
            sync.tick(block.height() - 1, now);
            answerAll();
            now += 100;
            sync.tick(block.height(), now);
        }
        assertThat(got).isEqualTo(line);
    }

    @Test
    void aBranchOfWhichNothingComesMakesRoomAndItsLateAnswerIsStillTaken() {
        sync.connected(ANN);
        sync.connected(BOB);
        SignedBlock other = chains.after(null, 2, TestOps.pin(7));
        announce(line.getLast(), ANN);
        tick();
        Asked slow = wire.asked.removeFirst();
        sync.target(new HeadMark(TestKeys.peerId(2), 0, 1, other.cid(), now), BOB, now);
        now += Branch.STALL.toMillis() - 1;
        tick();
        assertThat(wire.asked).isEmpty();
        long next = sync.tick(0, now);
        assertThat(next).isEqualTo(now + 1);
        now = next;
        tick();
        assertThat(sync.current()).hasValue(new ChainPoint(1, other.cid()));
        answer(slow, honest(slow));
        assertThat(got).isEqualTo(line);
    }

    @Test
    void whatFailedBeforeGivesWayAtOnce() {
        sync.connected(ANN);
        sync.connected(BOB);
        sync.target(missing(9, 100), CAT, now);
        tick();
        wire.asked.forEach(asked -> answer(asked, new BlocksAnswer.Unknown()));
        tick();
        now += 10_000;
        tick();
        assertThat(sync.current()).map(ChainPoint::height).hasValue(100L);
        announce(line.getLast(), ANN);
        tick();
        assertThat(sync.current()).map(ChainPoint::height).hasValue(40L);
    }

    @Test
    void aNewPeerIsAskedAtOnceForWhatTheOthersLack() {
        sync.connected(ANN);
        announce(line.getLast(), ANN);
        for (int i = 0; i < 20; i++, now += 10_000) {
            tick();
            List<Asked> all = List.copyOf(wire.asked);
            wire.asked.clear();
            all.forEach(asked -> answer(asked, new BlocksAnswer.Unknown()));
            tick();
        }
        wire.asked.clear();
        sync.connected(BOB);
        tick();
        List<Asked> all = List.copyOf(wire.asked);
        assertThat(all).isNotEmpty();
        all.stream()
                .filter(asked -> asked.peer().equals(ANN))
                .forEach(asked -> answer(asked, new BlocksAnswer.Unknown()));
        wire.asked.removeAll(all);
        all.stream().filter(asked -> asked.peer().equals(BOB)).forEach(asked -> answer(asked, honest(asked)));
        tick();
        answerAll();
        assertThat(got).isEqualTo(line);
    }

    private static HeadMark missing(int voter, int height) {
        return new HeadMark(TestKeys.peerId(voter), 0, height, TestCids.cid(height), height);
    }

    private void announce(SignedBlock head, PeerId holder) {
        sync.target(mark(head), holder, now);
    }

    private static HeadMark mark(SignedBlock head) {
        return new HeadMark(TestKeys.peerId(1), 0, head.height(), head.cid(), TestChains.START);
    }

    private void tick() {
        sync.tick(0, now);
    }

    private void answerAll() {
        List<Asked> all = List.copyOf(wire.asked);
        wire.asked.clear();
        all.forEach(asked -> answer(asked, honest(asked)));
    }

    private BlocksAnswer honest(Asked asked) {
        List<CheckedBlock> blocks = new ArrayList<>();
        new BlockServer(full).answer(asked.request(), block -> blocks.add(verifier.kept(block)));
        return blocks.isEmpty() ? new BlocksAnswer.Unknown() : new BlocksAnswer.Blocks(blocks);
    }

    private void answer(Asked asked, BlocksAnswer answer) {
        for (CheckedBlock block : sync.answered(asked.number(), answer, now)) {
            known.add(block.cid());
            got.add(block.block());
        }
    }

    private static ChainPoint point(SignedBlock block) {
        return new ChainPoint(block.height(), block.cid());
    }
}
