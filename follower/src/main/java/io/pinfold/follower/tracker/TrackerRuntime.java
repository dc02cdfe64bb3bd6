package io.pinfold.follower.tracker;

import io.pinfold.libp2p.limit.ForwardClock;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Time, threads and chance.
 *
 * @param executor runs each task on a thread of its own that may block and be interrupted
 * @param random used by one thread at a time
 */
public record TrackerRuntime(InstantSource clock, Timers timers, Executor executor, RandomGenerator random) {

    /** Has the clock never go back. */
    public TrackerRuntime {
        clock = ForwardClock.of(clock);
    }
}
