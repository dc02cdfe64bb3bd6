package io.pinfold.chain.store.pins;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.store.file.Failures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds bases on a thread of its own, one at a time. Owned by the thread that applies blocks; only that one calls it.
 */
final class BaseBuilder implements AutoCloseable {

    /** Bytes that a changed pin may take in a new base, for telling beforehand whether there is room. */
    private static final int CHANGE_BYTES = 300;

    private final BaseFolder folder;
    private final InstantSource clock;
    private final long salt;
    private final Supplier<PinState> newest;
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("pin-base").daemon().factory());
    private @Nullable Future<BuildOutcome> running;
    private long targetHeight;
    private volatile boolean cancelled;

    /** A builder whose finished bases carry the blocks that {@code newest} has by then. */
    BaseBuilder(BaseFolder folder, InstantSource clock, long salt, Supplier<PinState> newest) {
        this.folder = folder;
        this.clock = clock;
        this.salt = salt;
        this.newest = newest;
    }

    boolean isRunning() {
        return running != null;
    }

    /** Whether a base of a block above {@code height} is being built, or was and is not taken over yet. */
    boolean isBuildingAbove(long height) {
        return running != null && targetHeight > height;
    }

    /** Begins to build the base of {@code state} as it was after the block of {@code target}. */
    void start(PinState state, Layer target) {
        if (running != null || !state.base().acquire()) {
            throw new IllegalStateException("a base is being built already, or the old one is closed");
        }
        cancelled = false;
        targetHeight = target.height();
        running = thread.submit(() -> {
            try {
                return build(state, target);
            } finally {
                state.base().release();
            }
        });
    }

    /** The outcome, if building has ended; then another may be started. */
    @Nullable
    BuildOutcome poll() {
        return running != null && running.isDone() ? await() : null;
    }

    /** The outcome, when building has ended; then another may be started. Null if none was begun. */
    @Nullable
    BuildOutcome await() {
        Future<BuildOutcome> future = running;
        if (future == null) {
            return null;
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("building a base", e.getCause());
                }
            }
        } finally {
            running = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Calls building off; {@link #await} then returns soon, and may still return a base that was just done. */
    void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        cancel();
        thread.close();
    }

    private BuildOutcome build(PinState state, Layer target) {
        Instant start = clock.instant();
        long needed = state.base().bytes() + (long) CHANGE_BYTES * target.total();
        try {
            if (folder.files().usableSpace(folder.path()) < needed) {
                throw new IOException("no room for a base of about " + needed + " bytes");
            }
            OverlayTree frozen = OverlayTree.empty(salt);
            for (Layer layer : Layer.above(state.base().mark().height(), target)) {
                for (Layer.Change change : layer.changes()) {
                    frozen = frozen.put(change.key(), change.value());
                }
            }
            MergedPins pins = new MergedPins(state.base().iterator(null), frozen.iterator(null));
            FileBase base = new BaseWriter(folder, () -> cancelled).write(pins, target.mark());
            PinState latest = newest.get();
            return new BuildOutcome.Built(base, new BuildOutcome.Rebased(latest, latest.rebase(base, salt)),
                    Duration.between(start, clock.instant()));
        } catch (CancellationException e) {
            return new BuildOutcome.Cancelled();
        } catch (StoreException e) {
            return new BuildOutcome.Failed(e.failure());
        } catch (IOException e) {
            return new BuildOutcome.Failed(Failures.of(e, folder.files(), folder.path(), needed));
        } finally {
            deleteBuilding();
        }
    }

    /** Frees the room of a file that did not become a base; one that did has another name by now. */
    private void deleteBuilding() {
        try {
            folder.files().delete(folder.building());
        } catch (IOException e) {
            // it is in nobody's way: the next attempt removes it first, and so does the next start
        }
    }
}
