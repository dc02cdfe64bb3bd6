package io.pinfold.testkit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeedsTest {

    private final Seeds seeds = new Seeds();

    @Test
    void generatorsStartFromTheSeed() {
        assertThat(seeds.generator().nextLong()).isEqualTo(seeds.generator().nextLong());
        assertThat(seeds.generator("one").nextLong()).isNotEqualTo(seeds.generator("two").nextLong());
    }

    @Test
    void saysHowToRepeat() {
        assertThat(seeds.toString()).contains("-Dpinfold.test.seed=" + seeds.seed());
    }
}
