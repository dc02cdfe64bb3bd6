package io.pinfold.testkit.sim;

import java.time.Duration;

/**
 * How messages fare on the way from one node to another.
 *
 * @param fastest shortest delay
 * @param slowest longest delay; delays are spread evenly between the two, so messages may overtake each other
 * @param loss share of messages that never arrive, 0 to 1
 */
public record LinkConditions(Duration fastest, Duration slowest, double loss) {

    /** Nothing is lost and all takes 10 ms. */
    public static final LinkConditions GOOD = new LinkConditions(Duration.ofMillis(10), Duration.ofMillis(10), 0);

    public LinkConditions {
        if (fastest.isNegative() || slowest.compareTo(fastest) < 0) {
            throw new IllegalArgumentException("delays from " + fastest + " to " + slowest);
        }
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("loss " + loss + " is not between 0 and 1");
        }
    }
}
