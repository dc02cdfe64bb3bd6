package io.pinfold.follower.monitor;

import io.pinfold.follower.removal.PendingRemovals.Counts;
import io.pinfold.follower.view.Alert;
import io.pinfold.follower.view.SyncStatus;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TroubleWatchTest {

    private final ManualClock clock = new ManualClock();
    private final Alerts alerts = new Alerts(TestKeys.peerId(1), clock);
    private boolean stale;
    private Optional<Instant> heard = Optional.empty();
    private long mass;
    private final TroubleWatch watch = new TroubleWatch(alerts, this::status, () -> new Counts(0, mass, 0),
            Duration.ofHours(24), Duration.ofMinutes(90), clock);

    private SyncStatus status() {
        return new SyncStatus(TestCids.cid(1), "test", SyncStatus.Phase.CURRENT, 0, Optional.empty(),
                Optional.empty(), 0, heard, stale, new SyncStatus.Confirmations(0, 1), Optional.empty(), 0,
                new SyncStatus.Removals(0, 0), Optional.empty());
    }

    private List<String> stories() {
        return alerts.newestFirst()
                .stream()
                .map(Alert::metric)
                .map(metric -> metric.name() + ": " + metric.value())
                .toList();
    }

    @Test
    void a_follower_that_hears_nobody_says_so_once_it_had_time_to_settle() {
        stale = true;
        watch.round();
        assertThat(stories()).isEmpty();
        clock.advance(TroubleWatch.SETTLING);
        watch.round();
        watch.round();
        assertThat(stories()).singleElement()
                .asString()
                .startsWith("stale: No trusted peer was ever heard of. The pinset");
    }

    @Test
    void each_silence_is_an_alert_of_its_own() {
        clock.advance(Duration.ofDays(2));
        heard = Optional.of(Instant.parse("2026-01-02T03:04:05Z"));
        stale = true;
        watch.round();
        stale = false;
        watch.round();
        heard = Optional.of(Instant.parse("2026-02-02T03:04:05Z"));
        stale = true;
        watch.round();
        assertThat(stories()).satisfiesExactly(
                second -> assertThat(second).contains("since 2026-02-02T03:04:05Z, for longer than 24 h"),
                first -> assertThat(first).contains("since 2026-01-02T03:04:05Z"));
    }

    @Test
    void removals_that_are_held_are_told_when_they_begin_and_when_they_are_many_more() {
        mass = 101;
        watch.round();
        mass = 150;
        watch.round();
        assertThat(stories()).singleElement().asString().startsWith("removals_held: 101 removals").contains("90 min");
        mass = 203;
        watch.round();
        assertThat(stories()).hasSize(2);
        mass = 0;
        watch.round();
        mass = 101;
        clock.advance(Duration.ofSeconds(1));
        watch.round();
        assertThat(stories()).as("the same story again only renews its time").hasSize(2);
        assertThat(alerts.newestFirst().getFirst().triggeredAt()).isEqualTo(clock.instant());
    }
}
