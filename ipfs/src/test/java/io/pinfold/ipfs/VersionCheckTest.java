package io.pinfold.ipfs;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class VersionCheckTest {

    @ParameterizedTest
    @CsvSource({"0.33.2, TooOld", "0.4.22, TooOld", "0.34.0, Dated", "0.37.0, Dated", "0.42.0, Dated",
        "0.43.0, Recommended", "0.44.0-rc1, Recommended", "v0.43.0-dev, Recommended", "1.0.0, Recommended",
        "'', Unknown", "helia, Unknown", "43, Unknown", "0.9999999999.0, Unknown"})
    void versionsAreJudged(String version, String judgement) {
        assertThat(VersionCheck.of(version).getClass().getSimpleName()).isEqualTo(judgement);
    }
}
