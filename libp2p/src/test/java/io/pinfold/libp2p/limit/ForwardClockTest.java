package io.pinfold.libp2p.limit;

import io.pinfold.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForwardClockTest {

    private static final Duration DECADE = Duration.ofDays(3653);

    private final ManualClock source = new ManualClock();
    private final ForwardClock clock = ForwardClock.of(source);

    @Test
    void goesAsItsSourceDoes() {
        assertThat(clock.instant()).isEqualTo(ManualClock.START);
        source.advance(DECADE);
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plus(DECADE));
        assertThat(ForwardClock.of(clock)).isSameAs(clock);
    }

    @Test
    void goesOnWhereItWasWhenItsSourceGoesBack() {
        clock.instant();
        source.advance(DECADE.negated());
        assertThat(clock.instant()).isEqualTo(ManualClock.START);
        source.advance(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plusSeconds(1));
        source.advance(Duration.ofMillis(-1));
        source.advance(Duration.ofMillis(2));
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plusSeconds(1).plusMillis(1));
    }
}
