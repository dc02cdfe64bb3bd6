package io.pinfold.follower.tracker.reconcile;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.tracker.TrackerConfig;
import io.pinfold.follower.tracker.TrackerPorts;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Compares the pinset with all that the backend holds, in bounded memory; for one thread.
 *
 * <p>Both listings must be complete, or nothing is concluded.
 */
public final class Comparer {

    private static final int FAN_IN = 32;

    private final TrackerPorts ports;
    private final TrackerConfig.Compare config;
    private final SurplusPicker picker;

    /** What a comparison gave. */
    public sealed interface Result {

        /**
         * The comparison went through.
         *
         * @param surplus roots that are not wanted, whoever made them
         * @param whole whether {@code missing} is all that is missing
         * @param unwanted roots that are not wanted and whose names are to be asked for
         */
        record Compared(long wanted, long held, long surplus, CidSet missing, boolean whole, List<Cid> unwanted)
                implements
                    Result {

            public Compared {
                unwanted = List.copyOf(unwanted);
            }
        }

        /** The backend did not give its whole list. */
        record NoList(BackendFailure failure) implements Result {}

        /** The disk failed. */
        record NoDisk(IOException failure) implements Result {}
    }

    /** Compares what {@code ports} lead to. */
    public Comparer(TrackerPorts ports, TrackerConfig.Compare config) {
        this.ports = ports;
        this.config = config;
        this.picker = new SurplusPicker(config.markChecks());
    }

    /** Compares once, collecting what is missing in {@code missing}; {@code alive} runs whenever the list goes on. */
    public Result run(CidSet missing, Runnable alive) {
        SortLimits limits = new SortLimits(config.sortBytes(), FAN_IN, config.spillBytes());
        try (ExternalSorter whole = new ExternalSorter(new SpillFolder(ports.folder(), "recursive"), limits);
                ExternalSorter roots = new ExternalSorter(new SpillFolder(ports.folder(), "direct"), limits)) {
            Optional<BackendFailure> failure = Listing.read(ports.target(), PinDepth.Kind.RECURSIVE, whole, alive);
            if (failure.isEmpty()) {
                failure = Listing.read(ports.target(), PinDepth.Kind.DIRECT, roots, alive);
            }
            if (failure.isPresent()) {
                return new Result.NoList(failure.get());
            }
            return compare(whole, roots, missing);
        } catch (IOException e) {
            return new Result.NoDisk(e);
        } finally {
            picker.drop();
        }
    }

    private Result compare(ExternalSorter whole, ExternalSorter roots, CidSet missing) throws IOException {
        Found found = new Found(missing);
        Comparison.Totals totals;
        try (SortedKeys recursive = whole.sorted(); SortedKeys direct = roots.sorted()) {
            totals = Comparison.run(ports.pinset(), ports.duty(), recursive, direct, found);
        }
        return new Result.Compared(totals.wanted(), totals.held(), found.surplus, missing, found.fits,
                picker.take());
    }

    private final class Found implements Comparison.Findings {
        final CidSet missing;
        boolean fits = true;
        long surplus;

        Found(CidSet missing) {
            this.missing = missing;
        }

        @Override
        public void missing(PinEntry entry) {
            fits &= missing.add(entry.pin().cid());
        }

        @Override
        public void surplus(Cid cid, Optional<PinEntry> entry) {
            surplus++;
            picker.offer(cid);
        }
    }
}
