package io.pinfold.cli.console;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {

    /** Waits in earnest. */
    Pause SLEEPING = Thread::sleep;

    /** Returns after {@code time}. */
    void pass(Duration time) throws InterruptedException;
}
