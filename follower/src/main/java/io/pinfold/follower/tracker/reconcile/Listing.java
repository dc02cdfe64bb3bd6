package io.pinfold.follower.tracker.reconcile;

import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinTarget;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One listing of a backend, put into a sorter.
 *
 * <p>If the sorter fails, the calling thread interrupts itself, which is how a backend is told to stop.
 */
final class Listing {

    private final ExternalSorter sorter;
    private final Runnable alive;
    private @Nullable IOException broken;

    private Listing(ExternalSorter sorter, Runnable alive) {
        this.sorter = sorter;
        this.alive = alive;
    }

    /**
     * Sorts what {@code target} lists; {@code alive} runs for each root.
     *
     * @return why the list is not complete, or nothing if it is
     * @throws IOException if sorting failed
     */
    static Optional<BackendFailure> read(PinTarget target, PinDepth.Kind depth, ExternalSorter sorter, Runnable alive)
            throws IOException {
        Listing listing = new Listing(sorter, alive);
        ListOutcome outcome = target.list(depth, listing::add);
        if (listing.broken != null) {
            boolean _ = Thread.interrupted();
            throw listing.broken;
        }
        return switch (outcome) {
            case ListOutcome.Complete _ -> Optional.empty();
            case ListOutcome.Incomplete(_, BackendFailure failure) -> Optional.of(failure);
        };
    }

    private void add(Cid cid) {
        if (broken != null) {
            return;
        }
        alive.run();
        try {
            sorter.add(cid.toBytes());
        } catch (IOException e) {
            broken = e;
            Thread.currentThread().interrupt();
        }
    }
}
