package io.pinfold.api.wire;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Until when a connection may keep waiting for its client; checked by whoever closes connections that wait too long. */
public final class Deadline {

    private static final long NONE = Long.MAX_VALUE;

    private final AtomicLong at = new AtomicLong(NONE);

    /** From now on it may wait for {@code most}. */
    void arm(Duration most) {
        at.set(now() + most.toMillis());
    }

    /** It waits for nothing, or for us. */
    void disarm() {
        at.set(NONE);
    }

    /** Whether it has waited too long. */
    public boolean isOver() {
        return now() > at.get();
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
