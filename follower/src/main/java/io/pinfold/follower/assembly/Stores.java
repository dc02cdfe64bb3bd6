package io.pinfold.follower.assembly;

import io.pinfold.chain.core.machine.ChainStores;
import io.pinfold.chain.store.Opening;
import io.pinfold.chain.store.blocks.SegmentChainStore;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.intake.FileIntakeLog;
import io.pinfold.chain.store.pins.MapDbPinStore;
import io.pinfold.chain.store.pins.PinStoreConfig;
import io.pinfold.chain.store.pins.PinStoreEvent;
import io.pinfold.follower.monitor.Alerts;
import io.pinfold.follower.removal.FileRemovalLog;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.GuardLog;
import io.pinfold.trust.GuardOpening;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a peer keeps on disk, opened in the order in which it depends on itself. */
final class Stores implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Stores.class);

    final ChainStores chain;
    final SegmentChainStore blocks;
    final MapDbPinStore pins;
    final FileRemovalLog removals;
    private final Deque<AutoCloseable> open;

    private Stores(SegmentChainStore blocks, MapDbPinStore pins, FileIntakeLog intake, GuardLog guard,
            FileRemovalLog removals, Deque<AutoCloseable> open) {
        this.chain = new ChainStores(blocks, pins, intake, guard);
        this.blocks = blocks;
        this.pins = pins;
        this.removals = removals;
        this.open = open;
    }

    /** A store cannot be opened; the message is a sentence for people. */
    static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnusableException(String sentence) {
            super(sentence);
        }
    }

    static Stores open(PeerFiles files, Cid cluster, PeerId self, InstantSource clock, Alerts alerts)
            throws UnusableException {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        var random = new SecureRandom();
        try {
            GuardLog guard = push(open, guard(files, cluster, self));
            SegmentChainStore blocks = push(open,
                    opened("chain store", SegmentChainStore.open(files.blocks(), FileSystemAccess.DISK, random)));
            FileIntakeLog intake = push(open,
                    opened("intake log", FileIntakeLog.open(files.intake(), FileSystemAccess.DISK, random)));
            MapDbPinStore pins = push(open,
                    opened("state", MapDbPinStore.open(PinStoreConfig.of(files.state()), cluster,
                            FileSystemAccess.DISK, clock, random, event -> tell(event, alerts))));
            FileRemovalLog removals = removals(files, cluster);
            return new Stores(blocks, pins, intake, guard, removals, open);
        } catch (UnusableException | UncheckedIOException e) {
            closeAll(open);
            throw e instanceof UnusableException known
                    ? known
                    : new UnusableException("the disk fails: " + e.getMessage());
        }
    }

    /** Closes all but the removal log, which the tracker's owner closes. */
    @Override
    public void close() {
        closeAll(open);
    }

    private static GuardLog guard(PeerFiles files, Cid cluster, PeerId self) throws UnusableException {
        return switch (GuardLog.open(files.guard(), cluster, self)) {
            case GuardOpening.Opened(GuardLog guard, _) -> guard;
            case GuardOpening.Damaged(String reason) -> throw new UnusableException(reason);
            case GuardOpening.Foreign(String reason) -> throw new UnusableException(reason);
        };
    }

    private static FileRemovalLog removals(PeerFiles files, Cid cluster) throws UnusableException {
        return switch (FileRemovalLog.open(files.removals(), cluster)) {
            case FileRemovalLog.Opening.Opened(FileRemovalLog removals, _) -> removals;
            case FileRemovalLog.Opening.Refused(String sentence) -> throw new UnusableException(sentence);
        };
    }

    private static <T> T opened(String what, Opening<T> opening) throws UnusableException {
        return switch (opening) {
            case Opening.Opened<T>(T store) -> store;
            case Opening.Refused<T>(var reason, String detail) ->
                throw new UnusableException("the " + what + " cannot be opened: " + reason + ", " + detail);
        };
    }

    private static <T extends AutoCloseable> T push(Deque<AutoCloseable> open, T store) {
        open.push(store);
        return store;
    }

    private static void tell(PinStoreEvent event, Alerts alerts) {
        log.info("state: {}", event);
        if (event instanceof PinStoreEvent.BasePassedOver(long height, String reason)) {
            alerts.raise("state_base_passed_over", "The state saved at height " + height + " is not used: " + reason
                    + "; it is rebuilt from the chain.");
        }
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        for (AutoCloseable store : open) {
            try {
                store.close();
            } catch (Exception e) {
                log.error("a store did not close", e);
            }
        }
    }
}
