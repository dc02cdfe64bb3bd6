package io.pinfold.follower.tracker;

import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.multiformats.Cid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The clock jumps ten years ahead, ten years back, or back and ahead again: work goes on, late by as much again at most. */
class ClockJumpTest {

    private static final Cid A = TrackerRig.cid("a");
    private static final Cid B = TrackerRig.cid("b");
    private static final Duration DECADE = Duration.ofDays(3653);

    @TempDir
    Path folder;

    private TrackerRig rig = new TrackerRig(Path.of(""), 1);

    @BeforeEach
    void rig() {
        rig = new TrackerRig(folder, 1).with(TrackerRig.config(10, 2, 1000, Duration.ofMillis(100)));
        rig.start();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "-1, 0", "1, -1", "-1, 1"})
    void failedPinsAreTriedAgainInTime(int decades, int more) {
        rig.target.beforePin = _ -> Optional.of(
                new PinOutcome.Failed(new BackendFailure(BackendFailure.Kind.NOT_FOUND, "nobody has it")));
        rig.pin(A);
        rig.pass(Duration.ofMillis(200));
        jump(decades);
        rig.pass(Duration.ofMillis(2_500));
        assertThat(rig.tracker.status(A).attempts()).isGreaterThan(1);
        rig.target.beforePin = _ -> Optional.empty();
        jump(more);
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "-1, 0", "1, -1", "-1, 1"})
    void pinsStartWhenTheBurstIsOver(int decades, int more) {
        rig.pin(A);
        jump(decades);
        rig.pass(Duration.ofMillis(250));
        assertThat(rig.status(A)).isEqualTo(TrackerStatus.PINNED);
        rig.pin(B);
        jump(more);
        rig.pass(Duration.ofMillis(250));
        assertThat(rig.status(B)).isEqualTo(TrackerStatus.PINNED);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "-1, 0", "1, -1", "-1, 1"})
    void removalsEnd(int decades, int more) {
        rig.pin(A);
        rig.pin(B);
        rig.pass(Duration.ofSeconds(1));
        rig.unpin(A);
        rig.settle();
        jump(decades);
        rig.pass(TrackerRig.DELAY.plusSeconds(5));
        assertThat(rig.target.held).containsOnlyKeys(B);
        rig.unpin(B);
        jump(more);
        rig.pass(TrackerRig.DELAY.plusSeconds(5));
        assertThat(rig.target.held).isEmpty();
    }

    @Test
    void removalsAskedForByAClockThatWasAheadEndAfterARestart() {
        rig.pin(A);
        rig.pass(Duration.ofSeconds(1));
        jump(1);
        rig.unpin(A);
        rig.settle();
        jump(-1);
        rig.crash();
        rig.pass(TrackerRig.DELAY.minusSeconds(5));
        assertThat(rig.target.held).containsOnlyKeys(A);
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.target.held).isEmpty();
    }

    @Test
    void comparingGoesOn() {
        rig.pin(A);
        rig.pass(Duration.ofSeconds(1));
        jump(-1);
        rig.target.held.clear();
        rig.pass(Duration.ofMinutes(11));
        assertThat(rig.target.held).containsOnlyKeys(A);
    }

    private void jump(int decades) {
        rig.time.jump(DECADE.multipliedBy(decades));
    }
}
