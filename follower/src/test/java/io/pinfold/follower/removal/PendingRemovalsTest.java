package io.pinfold.follower.removal;

import io.pinfold.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingRemovalsTest {

    private final ManualClock clock = new ManualClock();
    private final MemoryRemovalLog log = new MemoryRemovalLog();
    private final TestStanding standing = new TestStanding();
    private final PendingRemovals removals = open(log);

    @Test
    void survivesARestart() {
        request(1, 2);
        removals.settle(pending(1), Settlement.CANCELLED);
        PendingRemovals again = open(log.reopened());
        assertThat(again.cids()).containsExactly(Removals.cid(2));
        assertThat(again.get(Removals.cid(2)).orElseThrow().removal()).isEqualTo(pending(2));
        again.request(List.of(Removals.request(3)));
        assertThat(again.get(Removals.cid(3)).orElseThrow().removal().id())
                .isGreaterThan(pending(2).id());
    }

    @Test
    void goesWhenTheGuardLetsIt() {
        request(1);
        assertThat(removals.judge(standing, 10)).isEmpty();
        assertThat(removals.counts()).isEqualTo(new PendingRemovals.Counts(1, 0, 0));
        clock.advance(Duration.ofSeconds(60));
        assertThat(removals.judge(standing, 10)).containsExactly(pending(1));
        assertThat(removals.counts()).isEqualTo(new PendingRemovals.Counts(0, 0, 1));
        removals.settle(pending(1), Settlement.REMOVED);
        assertThat(removals.judge(standing, 10)).isEmpty();
        assertThat(removals.get(Removals.cid(1))).isEmpty();
    }

    @Test
    void sameRequestAgainChangesNothing() {
        request(1);
        PendingRemoval first = pending(1);
        clock.advance(Duration.ofSeconds(10));
        request(1);
        removals.request(List.of(new RemovalRequest(
                Removals.cid(1), RemovalReason.FOUND, 99, Optional.empty())));
        assertThat(pending(1)).isEqualTo(first);
        assertThat(log.records()).isEqualTo(1);
    }

    @Test
    void requestByAnotherBlockReplaces() {
        request(1);
        PendingRemoval first = pending(1);
        clock.advance(Duration.ofSeconds(10));
        removals.request(List.of(new RemovalRequest(
                Removals.cid(1), RemovalReason.UNPINNED, 8, Optional.of(Removals.cid("block 8")))));
        assertThat(pending(1).since()).isEqualTo(clock.instant());
        removals.settle(first, Settlement.REMOVED);
        assertThat(removals.get(Removals.cid(1))).describedAs("an old settlement does not end a new removal")
                .isPresent();
        assertThat(open(log.reopened()).get(Removals.cid(1)).orElseThrow().removal()).isEqualTo(pending(1));
    }

    @Test
    void whatIsNotDurableIsNotPending() {
        log.full(true);
        assertThat(removals.request(List.of(Removals.request(1)))).isInstanceOf(PendingRemovals.Requested.Lost.class);
        clock.advance(Duration.ofHours(1));
        assertThat(removals.judge(standing, 10)).isEmpty();
        assertThat(removals.counts().total()).isZero();
        log.full(false);
        request(1);
        assertThat(removals.counts().total()).isEqualTo(1);
    }

    @Test
    void aboveTheBoundNothingIsRememberedAndEverythingIsAMass() {
        request(LongStream.rangeClosed(1, 20).toArray());
        assertThat(removals.request(List.of(Removals.request(21)))).isInstanceOf(PendingRemovals.Requested.Lost.class);
        assertThat(removals.counts().total()).isEqualTo(20);
        clock.advance(Duration.ofHours(1));
        assertThat(removals.judge(standing, 1_000_000)).isEmpty();
        assertThat(removals.counts()).isEqualTo(new PendingRemovals.Counts(0, 20, 0));
        clock.advance(Duration.ofHours(23));
        assertThat(removals.judge(standing, 1_000_000)).hasSize(20);
    }

    @Test
    void doneRemovalsAreCountedAcrossARestartAndForgottenInTheEnd() {
        request(1, 2, 3);
        clock.advance(Duration.ofSeconds(60));
        assertThat(removals.judge(standing, 0)).hasSize(3);
        LongStream.rangeClosed(1, 3).forEach(number -> removals.settle(pending(number), Settlement.REMOVED));
        PendingRemovals again = open(log.reopened());
        again.request(List.of(Removals.request(4)));
        clock.advance(Duration.ofSeconds(60));
        assertThat(again.judge(standing, 0)).describedAs("the fourth within the hour").isEmpty();
        clock.advance(Duration.ofHours(24));
        assertThat(again.judge(standing, 0)).hasSize(1);
        clock.advance(Duration.ofHours(3));
        again.tidy();
        again.request(List.of(Removals.request(5)));
        clock.advance(Duration.ofSeconds(60));
        assertThat(again.judge(standing, 0)).hasSize(2);
    }

    @Test
    void logIsRewrittenWhenMostOfItIsDead() {
        for (int round = 0; round < 3000; round++) {
            request(1);
            removals.settle(pending(1), Settlement.CANCELLED);
            removals.tidy();
        }
        assertThat(log.records()).isLessThan(4100);
        request(1);
        assertThat(open(log.reopened()).cids()).containsExactly(Removals.cid(1));
    }

    private void request(long... numbers) {
        assertThat(removals.request(LongStream.of(numbers).mapToObj(Removals::request).toList()))
                .isInstanceOf(PendingRemovals.Requested.Remembered.class);
    }

    private PendingRemoval pending(long number) {
        return removals.get(Removals.cid(number)).orElseThrow().removal();
    }

    private PendingRemovals open(RemovalLog of) {
        RemovalGuardConfig config = new RemovalGuardConfig(
                Duration.ofSeconds(60), Duration.ofHours(1), 0.1, 3, Duration.ofHours(24));
        return new PendingRemovals(of, config, 20, clock);
    }
}
