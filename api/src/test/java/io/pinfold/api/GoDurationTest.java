package io.pinfold.api;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({"0,PT0S", "1h30m,PT1H30M", "2.5s,PT2.5S", "300ms,PT0.3S", "1us,PT0.000001S", "7µs,PT0.000007S",
        "9ns,PT0.000000009S", "1m0.5s,PT1M0.5S", "100h,PT100H"})
    void reads(String text, Duration duration) {
        assertThat(GoDuration.parse(text).orElseThrow()).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "-1s", "1d", "s", "1.s", ".5s", "1 s", "1h 30m", "9999999999999h", "999999999999h",
        "1s\n", "1e3s", "1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h"})
    void refuses(String text) {
        assertThat(GoDuration.parse(text).toOptional()).as(text).isEmpty();
    }
}
