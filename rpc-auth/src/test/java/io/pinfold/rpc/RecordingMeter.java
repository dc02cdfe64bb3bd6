package io.pinfold.rpc;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Remembers what was counted, and lets a test wait for it. */
public final class RecordingMeter implements RpcMeter {

    private final Map<String, Long> counts = new HashMap<>();

    @Override
    public synchronized void count(String name, long amount) {
        counts.merge(name, amount, Long::sum);
        notifyAll();
    }

    /** How much was counted so far. */
    public synchronized long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** Returns when {@code name} has reached {@code amount}. */
    public synchronized void await(String name, long amount) throws InterruptedException {
        long end = System.nanoTime() + RpcFixture.SOON.toNanos();
        while (of(name) < amount) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(name + " is not " + amount + " but " + counts);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
