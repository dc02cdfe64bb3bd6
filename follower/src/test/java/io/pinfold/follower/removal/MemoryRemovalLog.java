package io.pinfold.follower.removal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A log in memory that can be told to fail, and reopened as after a crash. */
public final class MemoryRemovalLog implements RemovalLog {

    private final List<RemovalRecord> written = new ArrayList<>();
    private boolean full;

    /** Makes writing fail from now on, or succeed again. */
    public synchronized void full(boolean isFull) {
        full = isFull;
    }

    /** What a crash would leave. */
    public synchronized MemoryRemovalLog reopened() {
        MemoryRemovalLog log = new MemoryRemovalLog();
        log.written.addAll(written);
        return log;
    }

    @Override
    public synchronized void replay(Consumer<RemovalRecord> each) {
        written.forEach(each);
    }

    @Override
    public synchronized LogOutcome append(List<RemovalRecord> records) {
        if (full) {
            return new LogOutcome.NotWritten("disk full");
        }
        written.addAll(records);
        return new LogOutcome.Written();
    }

    @Override
    public synchronized void note(List<RemovalRecord> records) {
        LogOutcome _ = append(records);
    }

    @Override
    public synchronized LogOutcome compact(List<RemovalRecord> live) {
        if (full) {
            return new LogOutcome.NotWritten("disk full");
        }
        written.clear();
        written.addAll(live);
        return new LogOutcome.Written();
    }

    @Override
    public synchronized long records() {
        return written.size();
    }

    @Override
    public void close() {}
}
