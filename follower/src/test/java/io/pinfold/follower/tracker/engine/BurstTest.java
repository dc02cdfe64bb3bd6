package io.pinfold.follower.tracker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BurstTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");

    private final Burst burst = new Burst();

    @Test
    void nothingWaitsBeforeTheFirstChange() {
        assertThat(burst.over()).isBefore(BEGIN);
    }

    @Test
    void aChangeIsOverAfterTheQuiet() {
        burst.change(BEGIN);
        assertThat(burst.over()).isEqualTo(BEGIN.plus(Burst.QUIET));
    }

    @Test
    void eachChangeOfABurstMovesItsEndUntilTheLongest() {
        Instant now = BEGIN;
        while (now.isBefore(BEGIN.plus(Burst.LONGEST.multipliedBy(2)))) {
            burst.change(now);
            assertThat(burst.over()).isBeforeOrEqualTo(now.plus(Burst.QUIET))
                    .isBeforeOrEqualTo(BEGIN.plus(Burst.LONGEST));
            now = now.plusMillis(10);
        }
        assertThat(burst.over()).isEqualTo(BEGIN.plus(Burst.LONGEST));
    }

    @Test
    void aChangeAfterTheQuietBeginsAnother() {
        burst.change(BEGIN);
        Instant later = BEGIN.plus(Burst.QUIET);
        burst.change(later);
        assertThat(burst.over()).isEqualTo(later.plus(Burst.QUIET));
    }
}
