package io.pinfold.follower.monitor;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.head.Confirmation;
import io.pinfold.chain.core.machine.ChainStatus;
import io.pinfold.chain.core.machine.Signing;
import io.pinfold.follower.removal.PendingRemovals;
import io.pinfold.follower.tracker.TrackerMetrics;
import io.pinfold.follower.view.Alert;
import io.pinfold.follower.view.Metric;
import io.pinfold.follower.view.PeerMonitor;
import io.pinfold.follower.view.SyncStatus;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How this peer is doing, from memory: its chain, its alerts, and its own figures as metrics. */
public final class ClusterMonitor implements PeerMonitor {

    private static final Duration METRIC_LIFETIME = Duration.ofSeconds(30);

    private final Cid cluster;
    private final Genesis genesis;
    private final PeerId self;
    private final ChainView chain;
    private final Alerts alerts;
    private final Supplier<TrackerMetrics> tracker;
    private final LongSupplier pins;
    private final Supplier<? extends Map<String, Long>> counters;
    private final InstantSource clock;

    /**
     * A monitor of the peer {@code self}.
     *
     * @param pins size of the pinset
     * @param counters what is counted by name
     */
    public ClusterMonitor(Cid cluster, Genesis genesis, PeerId self, ChainView chain, Alerts alerts,
            Supplier<TrackerMetrics> tracker, LongSupplier pins, Supplier<? extends Map<String, Long>> counters,
            InstantSource clock) {
        this.cluster = cluster;
        this.genesis = genesis;
        this.self = self;
        this.chain = chain;
        this.alerts = alerts;
        this.tracker = tracker;
        this.pins = pins;
        this.counters = counters;
        this.clock = clock;
    }

    @Override
    public SyncStatus sync() {
        ChainStatus status = chain.status();
        ChainPoint point = status.head().point();
        boolean empty = point.height() == 0;
        Confirmation confirmation = chain.confirmation();
        Optional<SyncStatus.Progress> progress = status.sync()
                .map(sync -> new SyncStatus.Progress(sync.from(), sync.target(), sync.at(), point.height()));
        long heard = status.staleness().lastHeadMillis();
        PendingRemovals.Counts removals = tracker.get().removals();
        return new SyncStatus(cluster, genesis.name(), phase(status), point.height(),
                empty ? Optional.empty() : Optional.of(point.cid()),
                empty ? Optional.empty() : Optional.of(Instant.ofEpochMilli(status.head().timeMillis())),
                Math.max(status.bestHeight(), point.height()),
                heard == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(heard)),
                chain.stale(), new SyncStatus.Confirmations(confirmation.by(), confirmation.of()), progress,
                pins.getAsLong(), new SyncStatus.Removals(removals.waiting() + removals.free(), removals.mass()),
                chain.silence());
    }

    @Override
    public Set<PeerId> trusted() {
        return genesis.keys().publishers();
    }

    @Override
    public List<Alert> alerts() {
        return alerts.newestFirst();
    }

    @Override
    public List<String> metricNames() {
        return List.copyOf(values().keySet());
    }

    @Override
    public List<Metric> metrics(String name) {
        Long value = values().get(name);
        Instant now = clock.instant();
        return value == null
                ? List.of()
                : List.of(new Metric(name, self, Long.toString(value), now.plus(METRIC_LIFETIME), true, value, false,
                        now));
    }

    private SortedMap<String, Long> values() {
        SortedMap<String, Long> values = new TreeMap<>(counters.get());
        TrackerMetrics.Items items = tracker.get().items();
        values.put("pins", pins.getAsLong());
        values.put("pins_pinned", items.pinned());
        values.put("pins_pin_queued", items.pinQueued());
        values.put("pins_pinning", items.pinning());
        values.put("pins_pin_error", items.pinErrors());
        values.put("pins_unpin_queued", items.unpinQueued());
        values.put("pins_unpin_error", items.unpinErrors());
        values.put("chain_height", chain.height());
        values.put("chain_orphans", (long) chain.status().orphans());
        return values;
    }

    private static SyncStatus.Phase phase(ChainStatus status) {
        if (status.signing() == Signing.REPAIRING) {
            return SyncStatus.Phase.STARTING;
        }
        boolean behind = status.sync().isPresent() || status.bestHeight() > status.head().height();
        return behind ? SyncStatus.Phase.SYNCING : SyncStatus.Phase.CURRENT;
    }
}
