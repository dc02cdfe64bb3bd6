package io.pinfold.chain.core.machine;

import io.pinfold.testkit.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many random lives of small clusters; one that fails says its number, which {@link #again} runs alone. */
class RandomRunsTest {

    private static final int RUNS = 200;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void whateverHappensNothingAcknowledgedIsLostAndAllAgreeInTheEnd() {
        RandomGenerator random = seeds.generator();
        for (int run = 0; run < RUNS; run++) {
            again(random.nextLong());
        }
    }

    private static void again(long run) {
        try {
            new RandomRun(run).run();
        } catch (RuntimeException e) {
            throw new AssertionError("run " + run, e);
        }
    }
}
