package io.pinfold.follower.assembly;

import io.pinfold.chain.PinStore;
import io.pinfold.follower.removal.ChainStanding;
import io.pinfold.follower.removal.FileRemovalLog;
import io.pinfold.follower.tracker.Duty;
import io.pinfold.follower.tracker.PinTracker;
import io.pinfold.follower.tracker.StorePinset;
import io.pinfold.follower.tracker.Timers;
import io.pinfold.follower.tracker.TrackerConfig;
import io.pinfold.follower.tracker.TrackerPorts;
import io.pinfold.follower.tracker.TrackerRuntime;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The backend and the tracker that keeps it in step with the pinset. */
final class Pinning implements AutoCloseable {

    final IpfsNode node;
    final PinTracker tracker;
    private final FileRemovalLog removals;
    private final ExecutorService workers;

    private Pinning(IpfsNode node, PinTracker tracker, FileRemovalLog removals, ExecutorService workers) {
        this.node = node;
        this.tracker = tracker;
        this.removals = removals;
        this.workers = workers;
    }

    /** A tracker that has not begun; it owns {@code removals} from now on. */
    static Pinning open(Cid cluster, PeerId self, IpfsNode node, FileRemovalLog removals, PinStore state,
            TrackerConfig config, ChainStanding standing, Path folder, InstantSource clock,
            ScheduledExecutorService scheduler) {
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        var ports = new TrackerPorts(node, new StorePinset(state), Duty.of(self), standing, removals, folder);
        var runtime = new TrackerRuntime(clock, timers(scheduler), workers, new SecureRandom());
        return new Pinning(node, new PinTracker(cluster, config, ports, runtime), removals, workers);
    }

    @Override
    public void close() {
        tracker.close();
        workers.close();
        removals.close();
    }

    private static Timers timers(ScheduledExecutorService scheduler) {
        return (delay, task) -> {
            Future<?> due = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> due.cancel(false);
        };
    }
}
