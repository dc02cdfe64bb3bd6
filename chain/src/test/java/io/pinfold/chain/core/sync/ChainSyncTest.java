package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.multiformats.testing.TestCids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Fetching a branch from peers that lie, fail, or all have it. */
class ChainSyncTest extends ChainSyncFixture {

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
}
