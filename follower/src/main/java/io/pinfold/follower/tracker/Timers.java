package io.pinfold.follower.tracker;

import java.time.Duration;

/** Where the tracker has itself woken up; any thread may call. */
@FunctionalInterface
public interface Timers {

    /** Has {@code task}, which is short and does not block, run once after {@code delay}, on any thread. */
    Timer after(Duration delay, Runnable task);

    /** Something that is to run. */
    interface Timer {

        /** Makes it not run, if it has not begun. */
        void cancel();
    }
}
