package io.pinfold.follower.tracker;

import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.UnpinOutcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pinfold.follower.tracker.TrackerRig.cid;
import static org.assertj.core.api.Assertions.assertThat;

/** What the tracker removes, and what holds a removal up. */
class PinTrackerRemovalTest extends PinTrackerFixture {

    @Test
    void unpinWaitsForTheDelay() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.unpin(A);
        rig.pass(Duration.ofSeconds(59));
        assertThat(rig.target.held).containsKey(A);
        ItemStatus waiting = rig.tracker.status(A);
        assertThat(waiting.status()).isEqualTo(TrackerStatus.UNPIN_QUEUED);
        assertThat(waiting.error()).contains("confirmed");
        assertThat(waiting.nextTry()).contains(rig.time.instant().plusSeconds(1));
        rig.pass(Duration.ofSeconds(7));
        assertThat(rig.target.held).isEmpty();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPINNED);
    }

    @Test
    void confirmedUnpinRunsAtOnce() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.unpin(A);
        rig.standing.confirmed = rig.standing.height;
        rig.tracker.chainMoved();
        rig.pass(Duration.ofMillis(200));
        assertThat(rig.target.held).isEmpty();
    }

    @Test
    void pinAgainCancelsTheRemoval() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.unpin(A);
        rig.pass(Duration.ofSeconds(30));
        rig.pin(A);
        rig.pass(Duration.ofHours(1));
        assertThat(rig.target.unpinCalls).isEmpty();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
    }

    @Test
    void unpinSurvivesACrash() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.unpin(A);
        rig.pass(Duration.ofSeconds(30));
        rig.crash();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPIN_QUEUED);
        rig.pass(Duration.ofSeconds(66));
        assertThat(rig.target.held).isEmpty();
    }

    @Test
    void unpinThatNobodyToldOfIsFoundByTheMark() {
        rig.start();
        rig.pin(A);
        rig.volunteerPins(B);
        rig.settle();
        rig.pinset.pins.remove(A);
        rig.crash();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPIN_QUEUED);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.target.held).containsOnlyKeys(B);
        assertThat(rig.target.unpinCalls).containsExactly(A);
    }

    @Test
    void staleFollowerRemovesNothing() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.standing.stale = true;
        rig.unpin(A);
        rig.pass(Duration.ofHours(2));
        assertThat(rig.target.unpinCalls).isEmpty();
        assertThat(rig.tracker.status(A).error()).contains("no trusted peer");
        rig.standing.stale = false;
        rig.tracker.chainMoved();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.target.held).isEmpty();
    }

    @Test
    void stateThatIsRebuiltRemovesNothing() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.pinset.pins.clear();
        rig.standing.behind = true;
        rig.crash();
        rig.pass(Duration.ofHours(3));
        assertThat(rig.target.unpinCalls).isEmpty();
        assertThat(rig.tracker.metrics().removals().total()).isZero();
        rig.pin(A);
        rig.standing.behind = false;
        rig.pass(Duration.ofHours(1));
        assertThat(rig.target.held).containsKey(A);
    }

    @Test
    void massOfRemovalsIsShownAndWaits() {
        rig.start();
        for (int i = 0; i < 200; i++) {
            rig.pin(cid("item " + i));
        }
        rig.settle();
        rig.standing.confirmed = Long.MAX_VALUE;
        for (int i = 0; i < 101; i++) {
            rig.unpin(cid("item " + i));
        }
        rig.pass(Duration.ofHours(2));
        assertThat(rig.target.unpinCalls).isEmpty();
        assertThat(rig.tracker.metrics().removals().mass()).isEqualTo(101);
        assertThat(rig.statuses(TrackerStatus.UNPIN_QUEUED)).hasSize(101)
                .allMatch(status -> status.error().contains("too many removals"));
        rig.standing.anchored = rig.standing.height;
        rig.tracker.chainMoved();
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.target.held).hasSize(99);
    }

    @Test
    void failedUnpinIsTriedAgainAndShown() {
        rig.start();
        rig.pin(A);
        rig.settle();
        rig.target.beforeUnpin = _ -> Optional.of(
                new UnpinOutcome.Failed(new BackendFailure(BackendFailure.Kind.REFUSED, "locked")));
        rig.unpin(A);
        rig.pass(Duration.ofSeconds(66));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPIN_ERROR);
        assertThat(rig.tracker.status(A).error()).isEqualTo("locked");
        rig.target.beforeUnpin = _ -> Optional.empty();
        assertThat(rig.tracker.recover(A).status()).isEqualTo(TrackerStatus.UNPINNING);
        rig.settle();
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.UNPINNED);
    }
}
