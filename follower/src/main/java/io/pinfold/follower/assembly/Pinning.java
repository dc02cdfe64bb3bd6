package io.pinfold.follower.assembly;

import io.pinfold.chain.PinStore;
import io.pinfold.follower.config.PinningConfig;
import io.pinfold.follower.config.TrackerConfig.Removal;
import io.pinfold.follower.removal.ChainStanding;
import io.pinfold.follower.removal.FileRemovalLog;
import io.pinfold.follower.removal.RemovalGuardConfig;
import io.pinfold.follower.tracker.Duty;
import io.pinfold.follower.tracker.PinTracker;
import io.pinfold.follower.tracker.StorePinset;
import io.pinfold.follower.tracker.Timers;
import io.pinfold.follower.tracker.TrackerConfig;
import io.pinfold.follower.tracker.TrackerPorts;
import io.pinfold.follower.tracker.TrackerRuntime;
import io.pinfold.follower.tracker.operation.RetryDelay;
import io.pinfold.ipfs.Backends;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The backend and the tracker that keeps it in step with the pinset. */
final class Pinning implements AutoCloseable {

    private static final double JITTER = 0.2;

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

    /** The backend, which need not be up. */
    static IpfsNode node(PinningConfig config, InstantSource clock) {
        IpfsConfig defaults = IpfsConfig.DEFAULT;
        var ipfs = new IpfsConfig(defaults.connectTimeout(), config.requestTimeout(), defaults.listSilence(),
                config.unpinTimeout(), defaults.longestPin(), defaults.maxCalls(), defaults.maxPins(), defaults.circuit());
        return Backends.open(config.backends().getFirst(), ipfs, clock, new SecureRandom());
    }

    /** A tracker that has not begun; it owns {@code node} and {@code removals} from now on. */
    static Pinning open(Cid cluster, PeerId self, IpfsNode node, FileRemovalLog removals, PinStore state,
            io.pinfold.follower.config.TrackerConfig config, ChainStanding standing, Path folder, InstantSource clock,
            ScheduledExecutorService scheduler) {
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        var ports = new TrackerPorts(node, new StorePinset(state), Duty.of(self), standing, removals, folder);
        var runtime = new TrackerRuntime(clock, timers(scheduler), workers, new SecureRandom());
        return new Pinning(node, new PinTracker(cluster, tracker(config), ports, runtime), removals, workers);
    }

    @Override
    public void close() {
        tracker.close();
        workers.close();
        removals.close();
        node.close();
    }

    private static TrackerConfig tracker(io.pinfold.follower.config.TrackerConfig config) {
        TrackerConfig defaults = TrackerConfig.DEFAULT;
        TrackerConfig.Work work = defaults.work();
        Duration first = work.firstPinTimeout().compareTo(config.pinTimeout()) < 0
                ? work.firstPinTimeout()
                : config.pinTimeout();
        Removal removal = config.removal();
        TrackerConfig.Compare compare = defaults.compare();
        return new TrackerConfig(
                new TrackerConfig.Work(config.concurrentPins(), config.concurrentUnpins(), config.maxQueue(),
                        work.errorBound(), config.pinTimeout(), first, work.recentAge()),
                new RetryDelay(config.retryDelay(), config.retryMaxDelay(), JITTER),
                new TrackerConfig.Compare(config.reconcileInterval(), compare.retry(), compare.listStall(),
                        compare.statusDeadline(), compare.markChecks(), compare.missingBound(), compare.sortBytes(),
                        compare.spillBytes()),
                defaults.backend(),
                new TrackerConfig.Removal(new RemovalGuardConfig(removal.delay(), removal.window(), removal.share(),
                        removal.floor(), removal.grace()), defaults.removal().interval(), defaults.removal().bound()));
    }

    private static Timers timers(ScheduledExecutorService scheduler) {
        return (delay, task) -> {
            Future<?> due = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> due.cancel(false);
        };
    }
}
