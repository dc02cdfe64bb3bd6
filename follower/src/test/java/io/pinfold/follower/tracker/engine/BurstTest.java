package io.pinfold.follower.tracker.engine;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BurstTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");

    private static final Duration QUIET = Duration.ofMillis(100);

    private final Burst burst = new Burst(QUIET);

    @Test
    void nothingWaitsBeforeTheFirstChange() {
        assertThat(burst.over()).isBefore(BEGIN);
    }

    @Test
    void aChangeIsOverAfterTheQuiet() {
        burst.change(BEGIN);
        assertThat(burst.over()).isEqualTo(BEGIN.plus(QUIET));
    }

    @Test
    void eachChangeOfABurstMovesItsEndUntilTheLongest() {
        Instant now = BEGIN;
        while (now.isBefore(BEGIN.plus(Burst.LONGEST.multipliedBy(2)))) {
            burst.change(now);
            assertThat(burst.over()).isBeforeOrEqualTo(now.plus(QUIET))
                    .isBeforeOrEqualTo(BEGIN.plus(Burst.LONGEST));
            now = now.plusMillis(10);
        }
        assertThat(burst.over()).isEqualTo(BEGIN.plus(Burst.LONGEST));
    }

    @Test
    void aChangeAfterTheQuietBeginsAnother() {
        burst.change(BEGIN);
        Instant later = BEGIN.plus(QUIET);
        burst.change(later);
        assertThat(burst.over()).isEqualTo(later.plus(QUIET));
    }
}
