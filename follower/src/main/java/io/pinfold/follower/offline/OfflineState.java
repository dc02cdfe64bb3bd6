package io.pinfold.follower.offline;

import io.pinfold.chain.PinView;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.store.blocks.SegmentChainStore;
import io.pinfold.chain.store.pins.MapDbPinStore;
import io.pinfold.chain.store.pins.PinStoreEvent;
import io.pinfold.follower.assembly.PeerFiles;
import io.pinfold.follower.pins.PinViews;
import io.pinfold.follower.view.PinInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads, checks and rebuilds the state of a folder on which no peer runs. */
public final class OfflineState {

    private static final String NEW = ".new";
    private static final String OLD = ".old";

    private final PeerFiles files;
    private final BlockVerifier verifier;
    private final InstantSource clock;

    /** The state of the peer in {@code folder}, which the caller has locked. */
    public OfflineState(Path folder, Genesis genesis, InstantSource clock) {
        this.files = new PeerFiles(folder);
        this.verifier = new BlockVerifier(genesis);
        this.clock = clock;
    }

    /**
     * What came of going through the chain.
     *
     * @param height of the newest block that was applied
     * @param blocks how many there are on the branch
     * @param pins in the pinset at that height
     * @param flaws what is wrong, at most one of the chain; none if all is well
     */
    public record Report(long height, long blocks, long pins, List<Flaw> flaws) {

        public Report {
            flaws = List.copyOf(flaws);
        }
    }

    /**
     * Hands over all pins in the order of their CIDs, one in memory at a time.
     *
     * <p>A flaw of the chain does not keep the pins below it from being handed over, and is told in the report.
     */
    public Report export(Consumer<? super PinInfo> each) throws FolderUnusableException {
        try (SegmentChainStore blocks = OfflineStores.blocks(files);
                MapDbPinStore pins = OfflineStores.pins(files.state(), verifier.chainId(), clock, _ -> {})) {
            var replay = new ChainReplay(blocks, verifier, false);
            while (!replay.has(pins.mark().point())) {
                pins.rewind(pins.mark().height() - 1);
            }
            Optional<Flaw> flaw = replay.run(pins, (_, _) -> {}, _ -> Optional.empty());
            try (PinView view = pins.view(); Stream<PinEntry> entries = view.entries()) {
                entries.forEach(entry -> each.accept(PinViews.info(entry)));
                return new Report(view.mark().height(), replay.height(), view.size(), flaw.stream().toList());
            }
        } catch (StoreException e) {
            throw unusable(e);
        }
    }

    /**
     * Replays the chain from the genesis, checking every hash, signature and rule, and compares the pinset with the saved one at the
     * height where that was saved.
     *
     * @param progress hears of each height
     */
    public Report verify(Progress progress) throws FolderUnusableException {
        Path scratch = files.state().resolveSibling("state.check");
        List<Flaw> flaws = new ArrayList<>();
        try (SegmentChainStore blocks = OfflineStores.blocks(files);
                MapDbPinStore saved = OfflineStores.pins(files.state(), verifier.chainId(), clock,
                        event -> noteFlaw(event, flaws))) {
            delete(scratch);
            Report report;
            try (MapDbPinStore pins = OfflineStores.pins(scratch, verifier.chainId(), clock, _ -> {})) {
                report = compare(new ChainReplay(blocks, verifier, true), saved, pins, progress, flaws);
            }
            delete(scratch);
            return report;
        } catch (StoreException e) {
            throw unusable(e);
        }
    }

    private static Report compare(ChainReplay replay, MapDbPinStore saved, MapDbPinStore pins, Progress progress,
            List<Flaw> flaws) {
        long at = replay.has(saved.mark().point()) ? saved.mark().height() : 0;
        replay.run(pins, progress, height -> height == at ? difference(saved, pins) : Optional.empty())
                .ifPresent(flaws::add);
        return new Report(pins.mark().height(), replay.height(), pins.size(), flaws);
    }

    private static Optional<Flaw> difference(MapDbPinStore saved, MapDbPinStore pins) {
        if (!saved.mark().equals(pins.mark())) {
            return Optional.of(new Flaw(saved.mark().height(), Optional.empty(), "the saved state at height "
                    + saved.mark().height() + " says otherwise which numbers were used"));
        }
        try (PinView ours = saved.view(); PinView theirs = pins.view()) {
            return PinsetDifference.first(ours, theirs);
        }
    }

    /**
     * Builds the state anew from the chain, checking every hash, signature and rule; it takes the old one's place once it is whole. A
     * flaw of the chain leaves the old one in its place.
     *
     * @param progress hears of each height
     */
    public Report rebuild(Progress progress) throws FolderUnusableException {
        Path fresh = files.state().resolveSibling(files.state().getFileName() + NEW);
        Path former = files.state().resolveSibling(files.state().getFileName() + OLD);
        try (SegmentChainStore blocks = OfflineStores.blocks(files)) {
            delete(fresh);
            Report report;
            try (MapDbPinStore pins = OfflineStores.pins(fresh, verifier.chainId(), clock, _ -> {})) {
                var replay = new ChainReplay(blocks, verifier, true);
                Optional<Flaw> flaw = replay.run(pins, progress, _ -> Optional.empty());
                report = new Report(pins.mark().height(), replay.height(), pins.size(), flaw.stream().toList());
                if (flaw.isEmpty()) {
                    pins.save();
                }
            }
            if (report.flaws().isEmpty()) {
                delete(former);
                replace(fresh, former);
            }
            delete(fresh);
            delete(former);
            return report;
        } catch (StoreException e) {
            throw unusable(e);
        }
    }

    private void replace(Path fresh, Path former) throws FolderUnusableException {
        try {
            if (Files.exists(files.state())) {
                Files.move(files.state(), former, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(fresh, files.state(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FolderUnusableException("the new state cannot be put in its place: " + e);
        }
    }

    private static void noteFlaw(PinStoreEvent event, List<Flaw> flaws) {
        if (event instanceof PinStoreEvent.BasePassedOver(long height, String reason)) {
            flaws.add(new Flaw(height, Optional.empty(), "the state saved at height " + height + " is damaged and was"
                    + " removed: " + reason));
        }
    }

    private static void delete(Path folder) throws FolderUnusableException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.list(folder)) {
            for (Path file : content.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new FolderUnusableException(folder + " cannot be removed: " + e);
        }
    }

    private static FolderUnusableException unusable(StoreException e) {
        return new FolderUnusableException("the stores cannot be used: " + e.getMessage());
    }
}
