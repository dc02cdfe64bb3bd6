package io.pinfold.testkit;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManualClockTest {

    @Test
    void movesOnlyWhenTold() {
        ManualClock clock = new ManualClock();
        assertThat(clock.instant()).isEqualTo(ManualClock.START);
        assertThat(clock.advance(Duration.ofHours(1))).isEqualTo(ManualClock.START.plusSeconds(3600));
        assertThat(clock.millis()).isEqualTo(ManualClock.START.plusSeconds(3600).toEpochMilli());
        clock.set(Instant.EPOCH);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }
}
