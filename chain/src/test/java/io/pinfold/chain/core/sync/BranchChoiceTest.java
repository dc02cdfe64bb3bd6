package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.trust.HeadMark;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which branch is fetched while peers stall or lack it, and how long it is waited for. */
class BranchChoiceTest extends ChainSyncFixture {

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
        assertThat(sync.waitUntilMillis(nothing, _ -> true)).as("it is tried again, and not waited for")
                .isLessThan(now);
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
}
