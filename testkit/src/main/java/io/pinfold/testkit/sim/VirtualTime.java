package io.pinfold.testkit.sim;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A clock with an agenda: it moves only when told to, and what is due runs on the thread that moves it.
 *
 * <p>Of two things due at the same instant the one scheduled first runs first. Not safe for use by many threads.
 */
public final class VirtualTime extends Clock {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Due> agenda = new PriorityQueue<>(
            Comparator.comparing(Due::at).thenComparing(Due::number));
    private Instant now = START;
    private long scheduled;

    /** Something that was scheduled. */
    public interface Scheduled {

        /** Makes it not run, if it did not yet. */
        void cancel();
    }

    /** Has {@code task} run once, {@code delay} from now. */
    public Scheduled schedule(Duration delay, Runnable task) {
        Due due = new Due(now.plus(delay.isNegative() ? Duration.ZERO : delay), scheduled++, task);
        agenda.add(due);
        return () -> agenda.remove(due);
    }

    /** Moves to the next thing due and runs it; false if there is nothing. */
    public boolean step() {
        Due next = agenda.poll();
        if (next == null) {
            return false;
        }
        if (next.at().isAfter(now)) {
            now = next.at();
        }
        next.task().run();
        return true;
    }

    /** Moves by {@code time} and runs all that is due on the way. */
    public void run(Duration time) {
        Instant end = now.plus(time);
        for (Due next = agenda.peek(); next != null && !next.at().isAfter(end); next = agenda.peek()) {
            step();
        }
        now = end;
    }

    /** Runs all there is until the agenda is empty; throws after {@code most} steps. */
    public void runAll(int most) {
        for (int steps = 0; step(); steps++) {
            if (steps >= most) {
                throw new IllegalStateException("not quiet after " + most + " steps");
            }
        }
    }

    /** How many things are on the agenda. */
    public int pending() {
        return agenda.size();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("virtual time is in UTC");
    }

    private record Due(Instant at, long number, Runnable task) {}
}
