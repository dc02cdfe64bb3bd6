package io.pinfold.follower.removal;

import io.pinfold.follower.removal.Verdict.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RemovalGuardTest {

    private static final Instant NOON = Removals.NOON;
    private static final Verdict GO = new Verdict.Go();
    private static final RemovalGuardConfig CONFIG = new RemovalGuardConfig(
            Duration.ofSeconds(60), Duration.ofHours(1), 0.1, 3, Duration.ofHours(24));

    private final RemovalGuard guard = new RemovalGuard(CONFIG);
    private final TestStanding standing = new TestStanding();

    @Test
    void unconfirmedWaitsForTheDelay() {
        PendingRemoval removal = Removals.removal(1, 10, NOON);
        Verdict wait = new Verdict.Wait(Cause.UNCONFIRMED, Optional.of(NOON.plusSeconds(60)));
        assertThat(judge(removal, NOON)).isEqualTo(wait);
        assertThat(judge(removal, NOON.plusMillis(59_999))).isEqualTo(wait);
        assertThat(judge(removal, NOON.plusSeconds(60))).isEqualTo(GO);
    }

    @Test
    void delayBeginsAnewWithARestartButNotTheGracePeriod() {
        PendingRemoval removal = Removals.removal(1, 10, NOON);
        Instant opened = NOON.plusSeconds(50);
        assertThat(guard.judge(List.of(removal), new long[0], 1000, false, opened, standing, NOON.plusSeconds(109)))
                .doesNotContain(GO);
        assertThat(guard.judge(List.of(removal), new long[0], 1000, false, opened, standing, NOON.plusSeconds(110)))
                .containsOnly(GO);
        Instant dayLater = NOON.plus(Duration.ofHours(24));
        assertThat(guard.judge(removals(4, NOON), new long[0], 0, false, dayLater, standing, dayLater))
                .containsOnly(GO);
    }

    @Test
    void confirmedGoesAtOnce() {
        standing.confirmed = 9;
        assertThat(judge(Removals.removal(1, 10, NOON), NOON)).isNotEqualTo(GO);
        standing.confirmed = 10;
        assertThat(judge(Removals.removal(1, 10, NOON), NOON)).isEqualTo(GO);
    }

    @Test
    void clockThatWentBackOnlyMakesItWaitLonger() {
        assertThat(judge(Removals.removal(1, 10, NOON), NOON.minusSeconds(3600))).isNotEqualTo(GO);
    }

    @Test
    void staleFollowerRemovesNothing() {
        standing.stale = true;
        standing.confirmed = 100;
        standing.anchored = 100;
        assertThat(judge(Removals.removal(1, 10, NOON), NOON.plus(Duration.ofDays(99))))
                .isEqualTo(new Verdict.Wait(Cause.STALE, Optional.empty()));
    }

    @Test
    void stateOfThePastRemovesNothing() {
        standing.behind = true;
        standing.anchored = 100;
        assertThat(judge(Removals.removal(1, 10, NOON), NOON.plus(Duration.ofDays(99))))
                .isEqualTo(new Verdict.Wait(Cause.BEHIND, Optional.empty()));
    }

    @Test
    void massWaitsForTheGracePeriodAlsoWhenConfirmed() {
        standing.confirmed = 100;
        List<PendingRemoval> mass = removals(11, NOON);
        Verdict wait = new Verdict.Wait(Cause.MASS, Optional.of(NOON.plus(Duration.ofHours(24))));
        // 11 of 11 + 98: more than a tenth
        assertThat(guard.judge(mass, new long[0], 98, false, NOON, standing, NOON.plus(Duration.ofHours(23))))
                .containsOnly(wait);
        assertThat(guard.judge(mass, new long[0], 98, false, NOON, standing, NOON.plus(Duration.ofHours(24))))
                .containsOnly(GO);
        // 11 of 11 + 99: a tenth
        assertThat(guard.judge(mass, new long[0], 99, false, NOON, standing, NOON)).containsOnly(GO);
    }

    @Test
    void anchorReleasesAMass() {
        List<PendingRemoval> mass = removals(11, NOON);
        standing.anchored = 10;
        assertThat(guard.judge(mass, new long[0], 0, false, NOON, standing, NOON)).containsOnly(GO);
    }

    @Test
    void fewRemovalsAreNeverAMass() {
        standing.confirmed = 100;
        assertThat(guard.judge(removals(3, NOON), new long[0], 0, false, NOON, standing, NOON)).containsOnly(GO);
        assertThat(guard.judge(removals(4, NOON), new long[0], 0, false, NOON, standing, NOON)).doesNotContain(GO);
    }

    @Test
    void theFirstOfAMassWaitTooAndTheOnesOutsideItsWindowDoNot() {
        standing.confirmed = 100;
        List<PendingRemoval> pending = new ArrayList<>(List.of(Removals.removal(90, 1, NOON.minusSeconds(3601))));
        pending.addAll(removals(4, NOON));
        List<Verdict> verdicts = guard.judge(pending, new long[0], 0, false, NOON, standing, NOON.plusSeconds(10));
        assertThat(verdicts.getFirst()).isEqualTo(GO);
        assertThat(verdicts.subList(1, 5)).doesNotContain(GO);
    }

    @Test
    void doneRemovalsCountWithThePendingOnesOfTheirTime() {
        standing.confirmed = 100;
        long noon = NOON.toEpochMilli();
        PendingRemoval fourth = Removals.removal(1, 1, NOON);
        assertThat(guard.judge(List.of(fourth), new long[]{noon, noon}, 0, false, NOON, standing, NOON))
                .containsOnly(GO);
        assertThat(guard.judge(List.of(fourth), new long[]{noon, noon, noon}, 0, false, NOON, standing, NOON))
                .doesNotContain(GO);
        assertThat(
                guard.judge(List.of(fourth), new long[]{noon, noon, noon - 3_600_001}, 0, false, NOON, standing, NOON))
                .containsOnly(GO);
    }

    @Test
    void theWindowHasItsEndsAndDoneRemovalsComeInAnyOrder() {
        standing.confirmed = 100;
        long noon = NOON.toEpochMilli();
        long hour = CONFIG.window().toMillis();
        List<PendingRemoval> fourth = removals(1, NOON);
        for (long[] within : List.of(new long[]{noon - hour, noon, noon}, new long[]{noon + hour, noon, noon},
                new long[]{noon, noon + hour, noon - hour})) {
            assertThat(guard.judge(fourth, within, 0, false, NOON, standing, NOON)).as("%s", within).doesNotContain(GO);
        }
        for (long[] without : List.of(new long[]{noon, noon - hour - 1, noon}, new long[]{noon, noon + hour + 1, noon},
                new long[]{noon + hour + 1, noon + hour + 2, noon + hour + 3, noon - hour - 1, noon - hour - 2})) {
            assertThat(guard.judge(fourth, without, 0, false, NOON, standing, NOON)).as("%s", without).containsOnly(GO);
        }
    }

    @Test
    void onlyAnAnchorOnItsOwnBlockReleasesARemovalOfAMass() {
        standing.anchored = 10;
        List<PendingRemoval> mass = removals(4, NOON);
        mass.add(Removals.removal(9, 11, NOON));
        List<Verdict> verdicts = guard.judge(mass, new long[0], 0, true, NOON, standing, NOON);
        assertThat(verdicts.subList(0, 4)).containsOnly(GO);
        assertThat(verdicts.getLast())
                .isEqualTo(new Verdict.Wait(Cause.MASS, Optional.of(NOON.plus(Duration.ofHours(24)))));
    }

    @Test
    void timeDoesNotMakeAMassSmaller() {
        standing.confirmed = 100;
        for (int hours = 0; hours < 24; hours++) {
            assertThat(guard.judge(removals(4, NOON), new long[0], 0, false, NOON, standing,
                    NOON.plus(Duration.ofHours(hours)))).doesNotContain(GO);
        }
    }

    @Test
    void moreThanCanBeRememberedIsAMass() {
        standing.confirmed = 100;
        assertThat(guard.judge(removals(1, NOON), new long[0], 1000, true, NOON, standing, NOON)).doesNotContain(GO);
    }

    @Test
    void configurationNamesTheKeyThatIsWrong() {
        Duration hour = Duration.ofHours(1);
        assertThatThrownBy(() -> new RemovalGuardConfig(hour.negated(), hour, 0.1, 3, hour))
                .hasMessageContaining("removal_delay");
        assertThatThrownBy(() -> new RemovalGuardConfig(hour, Duration.ZERO, 0.1, 3, hour))
                .hasMessageContaining("removal_window");
        assertThatThrownBy(() -> new RemovalGuardConfig(hour, hour, 0, 3, hour)).hasMessageContaining("removal_share");
        assertThatThrownBy(() -> new RemovalGuardConfig(hour, hour, 1.1, 3, hour))
                .hasMessageContaining("removal_share");
        assertThatThrownBy(() -> new RemovalGuardConfig(hour, hour, 1, -1, hour)).hasMessageContaining("removal_floor");
        assertThatThrownBy(() -> new RemovalGuardConfig(hour, hour, 1, 1, Duration.ZERO))
                .hasMessageContaining("removal_grace");
    }

    private Verdict judge(PendingRemoval removal, Instant now) {
        return guard.judge(List.of(removal), new long[0], 1000, false, NOON, standing, now).getFirst();
    }

    private static List<PendingRemoval> removals(int count, Instant since) {
        List<PendingRemoval> removals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            removals.add(Removals.removal(i, 10, since));
        }
        return removals;
    }
}
