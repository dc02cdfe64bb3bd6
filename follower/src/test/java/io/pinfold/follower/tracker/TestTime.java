package io.pinfold.follower.tracker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A clock and its timers, which a test moves; safe for use by many threads. */
final class TestTime implements InstantSource, Timers {

    private final PriorityQueue<Due> agenda = new PriorityQueue<>(
            Comparator.comparing(Due::at).thenComparing(Due::number));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Duration jumped = Duration.ZERO;
    private long number;

    private record Due(Instant at, long number, Runnable task) {}

    @Override
    public synchronized Instant instant() {
        return now.plus(jumped);
    }

    /** Has the clock jump, backwards if negative; no timer notices. */
    synchronized void jump(Duration by) {
        jumped = jumped.plus(by);
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        Due due = new Due(now.plus(delay), number++, task);
        agenda.add(due);
        return () -> {
            synchronized (this) {
                agenda.remove(due);
            }
        };
    }

    /** Moves by {@code time} and runs, on this thread, all that is due then. */
    void advance(Duration time) {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            now = now.plus(time);
            while (!agenda.isEmpty() && !agenda.peek().at().isAfter(now)) {
                due.add(agenda.remove().task());
            }
        }
        due.forEach(Runnable::run);
    }

    /** Moves to what is due next, if that is within {@code most}, and runs it; otherwise moves by {@code most}. */
    boolean step(Duration most) {
        Instant next;
        Instant present;
        synchronized (this) {
            next = agenda.isEmpty() ? Instant.MAX : agenda.peek().at();
            present = now;
        }
        boolean near = !next.isAfter(present.plus(most));
        advance(near
                ? Duration.between(present, next).isNegative()
                        ? Duration.ZERO
                        : Duration.between(present, next)
                : most);
        return near;
    }

    /** Forgets all that is due, as when a process is killed. */
    synchronized void forget() {
        agenda.clear();
    }
}
