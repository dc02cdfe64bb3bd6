package io.pinfold.rpc.server;

import java.time.Duration;

/** Lets the calling thread wait; tests crank a clock instead. */
@FunctionalInterface
public interface Pause {

    /** Waits for real. */
    Pause SLEEP = Thread::sleep;

    /** Returns after {@code duration}. */
    void sleep(Duration duration) throws InterruptedException;
}
