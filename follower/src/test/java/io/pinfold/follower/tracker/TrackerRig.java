package io.pinfold.follower.tracker;

import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.removal.MemoryRemovalLog;
import io.pinfold.follower.removal.RemovalGuardConfig;
import io.pinfold.follower.removal.RemovalReason;
import io.pinfold.follower.removal.TestStanding;
import io.pinfold.follower.tracker.operation.RetryDelay;
import io.pinfold.follower.view.StatusFilter;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/**
 * A tracker with all that it works with, which runs only while a test says so: tasks wait until {@link #settle}, in which
 * they run on the test's thread one after the other.
 */
public final class TrackerRig {

    static final Cid CLUSTER = cid("cluster");
    static final String MARK = PinNames.mark(CLUSTER);
    static final PeerId PEER = PrivateKey.fromSeed(Bytes.copyOf(new byte[32])).peerId();
    static final Duration DELAY = Duration.ofSeconds(60);

    final TestTime time = new TestTime();
    final TestPinset pinset = new TestPinset();
    final TestTarget target = new TestTarget();
    final TestStanding standing = new TestStanding();
    final List<Runnable> tasks = new ArrayList<>();
    final Path folder;
    final SplittableRandom random;
    MemoryRemovalLog log = new MemoryRemovalLog();
    TrackerConfig config = config(10, 2, 1000);
    Duty duty = Duty.of(PEER);
    public PinTracker tracker;

    /** A rig in {@code folder}, whose tracker does not run yet. */
    public TrackerRig(Path folder, long seed) {
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        this.tracker = create();
    }

    /** The CID of {@code content}. */
    public static Cid cid(String content) {
        return Cid.raw(Bytes.copyOf(content.getBytes(StandardCharsets.UTF_8)));
    }

    static TrackerConfig config(int pins, int unpins, int queue) {
        return config(pins, unpins, queue, Duration.ZERO);
    }

    static TrackerConfig config(int pins, int unpins, int queue, Duration quiet) {
        RetryDelay second = new RetryDelay(Duration.ofSeconds(1), Duration.ofSeconds(64), 0);
        return new TrackerConfig(
                new TrackerConfig.Work(pins, unpins, queue, 1000, Duration.ofMinutes(2), Duration.ofSeconds(20),
                        Duration.ofHours(24), quiet),
                second,
                new TrackerConfig.Compare(Duration.ofMinutes(10), second, Duration.ofMinutes(5),
                        Duration.ofSeconds(2), 100, 10_000, 8192, 1 << 20),
                new TrackerConfig.Backend(second, Duration.ofSeconds(30)),
                new TrackerConfig.Removal(new RemovalGuardConfig(DELAY, Duration.ofHours(1), 0.5, 100,
                        Duration.ofHours(24)), Duration.ofSeconds(5), 1000));
    }

    /** Has the tracker work with {@code other}. */
    TrackerRig with(TrackerConfig other) {
        config = other;
        tracker = create();
        return this;
    }

    PinTracker create() {
        return create(tasks::add);
    }

    /** A new tracker, whose tasks {@code executor} runs. */
    public PinTracker create(Executor executor) {
        return new PinTracker(CLUSTER, config,
                new TrackerPorts(target, pinset, entry -> duty.wish(entry), standing, log, folder),
                new TrackerRuntime(time, time, executor, random));
    }

    /** A new tracker in the place of one that was killed. */
    void crash() {
        tasks.clear();
        time.forget();
        log = log.reopened();
        tracker = create();
        tracker.start();
    }

    void start() {
        tracker.start();
        settle();
    }

    /** Runs all tasks until there are none, in an order made up. */
    void settle() {
        for (int steps = 0; !tasks.isEmpty(); steps++) {
            if (steps > 1_000_000) {
                throw new AssertionError("the tracker does not come to rest");
            }
            tasks.remove(random.nextInt(tasks.size())).run();
        }
    }

    /** Lets {@code span} pass, from one due timer to the next, with all tasks between. */
    void pass(Duration span) {
        Instant end = time.instant().plus(span);
        settle();
        while (time.instant().isBefore(end)) {
            boolean _ = time.step(Duration.between(time.instant(), end));
            settle();
        }
    }

    PinEntry entry(Pin pin) {
        return new PinEntry(pin, standing.height, time.instant().toEpochMilli());
    }

    /** A pin comes into the pinset and the tracker hears of it. */
    public void pin(Pin pin) {
        standing.height++;
        PinEntry entry = entry(pin);
        pinset.put(entry);
        tracker.track(entry);
    }

    void pin(Cid cid) {
        pin(Pin.of(cid));
    }

    /** A pin leaves the pinset and the tracker hears of it. */
    void unpin(Cid cid) {
        standing.height++;
        pinset.pins.remove(cid);
        tracker.untrack(cid, RemovalReason.UNPINNED, standing.height, Optional.of(cid("block " + standing.height)));
    }

    /** The volunteer pins something. */
    void volunteerPins(Cid cid) {
        target.held.putIfAbsent(cid, new TestTarget.Held(PinDepth.Kind.RECURSIVE, "mine"));
    }

    TrackerStatus status(Cid cid) {
        return tracker.status(cid).status();
    }

    List<ItemStatus> statuses(TrackerStatus... wanted) {
        List<ItemStatus> statuses = new ArrayList<>();
        long count = tracker.statusAll(new StatusFilter(Set.of(wanted)), statuses::add);
        if (count != statuses.size()) {
            throw new AssertionError(count + " counted, " + statuses.size() + " handed over");
        }
        return statuses;
    }
}
