package io.pinfold.follower.tracker.engine;

import io.pinfold.follower.tracker.TrackerConfig;
import io.pinfold.follower.tracker.operation.OperationTable;
import io.pinfold.follower.tracker.reconcile.BackendView;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** All that changes in the tracker, behind its one lock, which is never held while anything is read or asked. */
final class TrackerState {

    private final ReentrantLock lock = new ReentrantLock();
    private final Guarded guarded;

    /** What may be touched only within {@link #locked}. */
    static final class Guarded {
        final OperationTable table;
        final BackendView view;
        final BackendGate gate = new BackendGate();
        final Burst burst;
        final Tally tally = new Tally();
        final RandomGenerator random;

        Guarded(TrackerConfig config, RandomGenerator random) {
            TrackerConfig.Work work = config.work();
            this.table = new OperationTable(
                    work.queueBound(), work.errorBound(), work.concurrentPins(), work.concurrentUnpins());
            this.view = new BackendView(config.compare().missingBound(), random);
            this.burst = new Burst(work.quiet());
            this.random = random;
        }
    }

    TrackerState(TrackerConfig config, RandomGenerator random) {
        this.guarded = new Guarded(config, random);
    }

    /** What {@code action} gives, done while nobody else is at the state. */
    <T> T locked(Function<Guarded, T> action) {
        lock.lock();
        try {
            return action.apply(guarded);
        } finally {
            lock.unlock();
        }
    }

    /** Does {@code action} while nobody else is at the state. */
    void update(Consumer<Guarded> action) {
        lock.lock();
        try {
            action.accept(guarded);
        } finally {
            lock.unlock();
        }
    }
}
