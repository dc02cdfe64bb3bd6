package io.pinfold.follower.tracker;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.removal.RemovalReason;
import io.pinfold.follower.removal.RemovalRequest;
import io.pinfold.follower.tracker.engine.Engine;
import io.pinfold.follower.tracker.operation.Lane;
import io.pinfold.follower.tracker.reconcile.CompareOutcome;
import io.pinfold.follower.view.StatusFilter;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.multiformats.Cid;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Brings the backend to hold what the pinset wants of this peer, and tells how far it is.
 *
 * <p>Whoever changes the pinset tells the tracker afterwards; what is not told is found by comparing, at the start and at
 * each interval. Any thread may call. Only {@link #untrack}, {@link #statusNow}, {@link #recover} and {@link #sync}
 * block, for a disk write or a short question to the backend; a consumer of a list is called on the calling thread.
 * Nothing is thrown for what a backend or the disk below the removal log does; a pinset that cannot be read throws
 * {@link java.io.UncheckedIOException}.
 */
public final class PinTracker implements AutoCloseable {

    private final Engine engine;

    /** A tracker for the cluster {@code cluster}, which begins to work with {@link #start}. */
    public PinTracker(Cid cluster, TrackerConfig config, TrackerPorts ports, TrackerRuntime runtime) {
        this.engine = new Engine(cluster, config, ports, runtime);
    }

    /** Begins: compares pinset and backend, and takes up the removals that a restart interrupted. */
    public void start() {
        engine.start();
    }

    /**
     * Says that the pinset has {@code entry} now. If it is to be held here, an operation is queued, or the one that is
     * there goes on; a removal of it is cancelled.
     */
    public void track(PinEntry entry) {
        engine.track(entry, engine.lane(entry));
    }

    /**
     * Says that the pinset does not have {@code cid} any more, by the block {@code block} at {@code height}. Pinning it is
     * cancelled at once; unpinning it waits for the guard, and survives a restart once this has returned.
     */
    public void untrack(Cid cid, RemovalReason reason, long height, Optional<Cid> block) {
        untrack(List.of(new RemovalRequest(cid, reason, height, block)));
    }

    /** The same for several, with one write to the disk. */
    public void untrack(Collection<RemovalRequest> requests) {
        engine.untrack(requests);
    }

    /** Says that heads or confirmations came, on which removals may have waited. */
    public void chainMoved() {
        engine.chainMoved();
    }

    /** The status of {@code cid}, from memory. */
    public ItemStatus status(Cid cid) {
        return engine.status(cid);
    }

    /** The status of {@code cid} after asking the backend, or from memory if that does not answer in a moment. */
    public ItemStatus statusNow(Cid cid) {
        return engine.statusNow(cid);
    }

    /**
     * Hands over the status of each pin, and of what is being removed, that matches {@code filter}; in the order of CIDs,
     * from memory, in constant memory beside what is in flight.
     *
     * @return the number of items
     */
    public long statusAll(StatusFilter filter, Consumer<? super ItemStatus> each) {
        return engine.list(filter, each);
    }

    /** Has what failed or is missing of {@code cid} tried now, and tells its status then. */
    public ItemStatus recover(Cid cid) {
        if (!engine.retry(cid)) {
            ItemStatus status = engine.statusNow(cid);
            if (status.status() == TrackerStatus.UNEXPECTEDLY_UNPINNED && status.entry().isPresent()) {
                engine.track(status.entry().get(), Lane.RECENT);
            }
        }
        return engine.status(cid);
    }

    /**
     * Has all that failed tried now, hands over the status of each such item, and has what is missing queued as there is
     * room.
     *
     * @return the number of items handed over
     */
    public long recoverAll(Consumer<? super ItemStatus> each) {
        List<Cid> queued = engine.retryAll();
        queued.forEach(cid -> each.accept(engine.status(cid)));
        return queued.size();
    }

    /** Compares {@code cid} with the backend, has it pinned if it is missing, and tells its status then. */
    public ItemStatus sync(Cid cid) {
        ItemStatus status = engine.statusNow(cid);
        if (status.status() == TrackerStatus.UNEXPECTEDLY_UNPINNED && status.entry().isPresent()) {
            engine.track(status.entry().get(), Lane.RECENT);
            return engine.status(cid);
        }
        return status;
    }

    /** Has pinset and backend compared; the outcome of a comparison that begins after this call. */
    public CompletableFuture<CompareOutcome> sync() {
        return engine.compare();
    }

    /** The tracker in numbers. */
    public TrackerMetrics metrics() {
        return engine.metrics();
    }

    /** Ends all work, running attempts too, and returns when it has ended. What waits is taken up by the next start. */
    @Override
    public void close() {
        engine.close();
    }
}
