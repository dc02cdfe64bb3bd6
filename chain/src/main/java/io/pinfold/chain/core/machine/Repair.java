package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.ChainStore;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.core.sync.ChainSync;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.multiformats.Cid;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the blocks again without which the state could not be replayed at the start, since damage took them from the
 * chain store. Until it is done nothing else is taken in.
 */
final class Repair {

    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

    private final ChainStore store;
    private final StateFollower state;
    private final ChainSync sync;
    private final StateListener listener;
    private final DiskTrouble disk;
    private boolean done;

    /**
     * The repair of {@code store}; asks for what is missing.
     *
     * @param done whether the state has been replayed to the end, so that there is nothing to do
     */
    Repair(boolean done, ChainStore store, StateFollower state, ChainSync sync, StateListener listener,
            DiskTrouble disk) {
        this.done = done;
        this.store = store;
        this.state = state;
        this.sync = sync;
        this.listener = listener;
        this.disk = disk;
        if (!done) {
            ask();
        }
    }

    /** Whether the state has been replayed to the end. */
    boolean isDone() {
        return done;
    }

    /** Puts {@code blocks} back and replays the state on; asks for what is missing then. */
    void arrived(List<CheckedBlock> blocks, long nowMillis) {
        if (blocks.isEmpty()) {
            return;
        }
        try {
            store.append(blocks.stream().map(CheckedBlock::block).toList(), store.head().orElseThrow());
            done = state.catchUp();
        } catch (StoreException e) {
            disk.failed(e, nowMillis);
        }
        if (!done) {
            ask();
        }
    }

    private void ask() {
        List<Cid> missing = store.missing();
        LOG.error("blocks of the chain store are damaged, {} of them known: {}", missing.size(), missing);
        missing.stream().findFirst().ifPresent(first -> listener.raised(new ChainAlert.Damaged(first)));
        sync.want(missing);
    }
}
