package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.ChainStore;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.sync.ChainSync;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.multiformats.Cid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches blocks again that damage took from the chain store although the state does not need them: other peers may, and
 * the copy is to be whole.
 */
final class Mending {

    /** How often the store is asked for damage. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Mending.class);

    private final ChainStore store;
    private final ChainSync sync;
    private final StateListener listener;
    private final DiskTrouble disk;
    private long askAt = Long.MIN_VALUE;
    private boolean known;

    Mending(ChainStore store, ChainSync sync, StateListener listener, DiskTrouble disk) {
        this.store = store;
        this.sync = sync;
        this.listener = listener;
        this.disk = disk;
    }

    /** Asks for the blocks that are missing, if it is time to look for them. */
    void ask(long nowMillis) {
        if (nowMillis < askAt) {
            return;
        }
        askAt = nowMillis + INTERVAL.toMillis();
        List<Cid> missing = store.missing();
        if (!missing.isEmpty() && !known) {
            LOG.error("blocks of the chain store are damaged, {} of them known: {}", missing.size(), missing);
            listener.raised(new ChainAlert.Damaged(missing.getFirst()));
        }
        known = !missing.isEmpty();
        sync.want(missing);
    }

    /** Appends those of {@code blocks}, checked on their own, that are missing; what their links tell is asked for next. */
    void putBack(List<CheckedBlock> blocks, long nowMillis) {
        Optional<ChainPoint> head = known && !blocks.isEmpty() ? store.head() : Optional.empty();
        if (head.isEmpty()) {
            return;
        }
        Set<Cid> missing = Set.copyOf(store.missing());
        List<SignedBlock> back = blocks.stream()
                .map(CheckedBlock::block)
                .filter(block -> missing.contains(block.cid()))
                .toList();
        if (back.isEmpty()) {
            return;
        }
        try {
            store.append(back, head.get());
            askAt = Long.MIN_VALUE;
        } catch (StoreException e) {
            disk.failed(e, nowMillis);
        }
    }
}
