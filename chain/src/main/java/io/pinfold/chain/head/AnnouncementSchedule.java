package io.pinfold.chain.head;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a trusted peer announces: its own blocks at once, but not more often than every {@link #LEAST_PAUSE}, and the best head it
 * knows again after about a minute of silence.
 *
 * <p>Used by one thread.
 */
public final class AnnouncementSchedule {

    /** Least time between two announcements. */
    public static final Duration LEAST_PAUSE = Duration.ofMillis(5);
    /** The pause after which the best head is announced again, unless configured. */
    public static final Duration REPEAT = Duration.ofSeconds(60);

    private static final double JITTER = 0.2;

    private final Duration repeat;
    private final RandomGenerator random;
    private Instant last;
    private Instant repeatAt;

    /** A schedule that begins at {@code now} and repeats after {@code repeat} plus or minus a fifth. */
    public AnnouncementSchedule(Duration repeat, RandomGenerator random, Instant now) {
        this.repeat = repeat;
        this.random = random;
        this.last = now.minus(LEAST_PAUSE);
        this.repeatAt = now;
    }

    /** Notes an announcement at {@code now}. */
    public void announced(Instant now) {
        last = now;
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        repeatAt = now.plusNanos((long) (repeat.toNanos() * factor));
    }

    /** When a new block may be announced: now, or as soon as the pause is over. */
    public Instant newBlockDue(Instant now) {
        Instant earliest = last.plus(LEAST_PAUSE);
        return earliest.isAfter(now) ? earliest : now;
    }

    /** When the best head is to be announced again. */
    public Instant repeatDue() {
        return repeatAt;
    }
}
