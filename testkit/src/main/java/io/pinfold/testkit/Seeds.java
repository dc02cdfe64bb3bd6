package io.pinfold.testkit;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Seeded randomness for tests that says its seed when a test fails.
 *
 * <p>Used as {@code @RegisterExtension final Seeds seeds = new Seeds()}. The seed is fresh for each test, unless the
 * system property {@code pinfold.test.seed} gives it: so a failure is run again with {@code -Dpinfold.test.seed=…}.
 */
public final class Seeds implements AfterTestExecutionCallback {

    private static final String PROPERTY = "pinfold.test.seed";

    private final long seed;

    /** Takes the seed of the system property, or a fresh one. */
    public Seeds() {
        Long given = Long.getLong(PROPERTY);
        this.seed = given != null ? given : new SplittableRandom().nextLong();
    }

    /** The number that everything here follows from. */
    public long seed() {
        return seed;
    }

    /** A generator that starts from the seed: the same numbers at each call. */
    public RandomGenerator generator() {
        return new SplittableRandom(seed);
    }

    /** A generator of its own for each {@code part} of a test. */
    public RandomGenerator generator(String part) {
        return new SplittableRandom(seed * 31 + part.hashCode());
    }

    /** Says how to run with this seed again; for an assertion's description. */
    @Override
    public String toString() {
        return "seed " + seed + " (again with -D" + PROPERTY + "=" + seed + ")";
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.err.println(context.getDisplayName() + " failed with " + this);
        }
    }
}
