package io.pinfold.libp2p.limit;

import java.time.Duration;

/** A moment by which something has to be done, on the clock that never jumps. */
public final class Deadline {

    /** A deadline that never comes. */
    public static final Deadline NEVER = new Deadline(0, true);

    private final long nanos;
    private final boolean never;

    private Deadline(long nanos, boolean never) {
        this.nanos = nanos;
        this.never = never;
    }

    /** The moment {@code timeout} from now; zero stands for none. */
    public static Deadline after(Duration timeout) {
        if (timeout.isZero() || timeout.compareTo(Duration.ofDays(365)) > 0) {
            return NEVER;
        }
        return new Deadline(System.nanoTime() + timeout.toNanos(), false);
    }

    /** The moment {@code timeout} from now, which is now for zero. */
    public static Deadline exactly(Duration timeout) {
        return timeout.isZero() ? new Deadline(System.nanoTime(), false) : after(timeout);
    }

    /** The earlier one of this and {@code timeout} from now. */
    public Deadline within(Duration timeout) {
        Deadline other = after(timeout);
        return other.never || (!never && leftNanos() < other.leftNanos()) ? this : other;
    }

    /** Whether there is no time left. */
    public boolean passed() {
        return !never && nanos - System.nanoTime() <= 0;
    }

    /** Whether it never comes. */
    public boolean isNever() {
        return never;
    }

    /** The time left, in nanoseconds, at least 0; centuries if there is no end to it. */
    public long leftNanos() {
        return never ? Long.MAX_VALUE : Math.max(0, nanos - System.nanoTime());
    }

    /** The time left, at least a nanosecond so that it is not taken for none. */
    public Duration left() {
        return Duration.ofNanos(Math.max(1, leftNanos()));
    }
}
