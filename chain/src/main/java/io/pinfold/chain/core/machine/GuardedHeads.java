package io.pinfold.chain.core.machine;

import io.pinfold.trust.Guard;
import io.pinfold.trust.HeadMark;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The heads that were accepted and are to be written to the guard log, all those of a second with one force. */
final class GuardedHeads {

    /** How often heads that were accepted are written to the guard log. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Guard guard;
    private final DiskTrouble disk;
    private final List<HeadMark> pending = new ArrayList<>();
    private long dueMillis = Long.MAX_VALUE;

    GuardedHeads(Guard guard, DiskTrouble disk) {
        this.guard = guard;
        this.disk = disk;
    }

    /** Takes in {@code heads}, to be written within {@link #INTERVAL}. */
    void accepted(List<HeadMark> heads, long nowMillis) {
        if (!heads.isEmpty()) {
            pending.addAll(heads);
            dueMillis = Math.min(dueMillis, nowMillis + INTERVAL.toMillis());
        }
    }

    /** Writes them, if it is time. */
    void writeDue(long nowMillis) {
        if (nowMillis >= dueMillis) {
            write(nowMillis);
        }
    }

    /** Writes what is left, after the last step. */
    void close() {
        if (!pending.isEmpty()) {
            write(0);
        }
    }

    /** When to write them. */
    long dueMillis() {
        return dueMillis;
    }

    private void write(long nowMillis) {
        try {
            guard.accept(pending);
            pending.clear();
            dueMillis = Long.MAX_VALUE;
        } catch (UncheckedIOException e) {
            dueMillis = nowMillis + DiskTrouble.RETRY.toMillis();
            disk.failed(e, nowMillis);
        }
    }
}
