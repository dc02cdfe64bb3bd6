package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.Exchange;
import io.pinfold.ipfsnode.pins.Budget;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Single blocks: stored without a pin, and read from here or from the network. */
final class BlockWork {

    private final Blockstore store;
    private final BlockReader here;
    private final Exchange exchange;
    private final Budget budget;

    BlockWork(Blockstore store, BlockReader here, Exchange exchange, Budget budget) {
        this.store = store;
        this.here = here;
        this.exchange = exchange;
        this.budget = budget;
    }

    Answer<Integer> put(List<Block> blocks) {
        long bytes = 0;
        for (Block block : blocks) {
            if (block.data().size() > Block.MAX_SIZE) {
                return failed(Kind.REFUSED, block.cid() + " has " + block.data().size() + " bytes, at most "
                        + Block.MAX_SIZE + " are allowed");
            }
            if (!block.isGenuine()) {
                return failed(Kind.BROKEN_ANSWER, "the data does not have the hash of " + block.cid());
            }
            bytes += block.data().size();
        }
        return bytes > budget.max() - budget.used()
                ? new Answer.Failed<>(Failures.overBudget(bytes, budget.used(), budget.max()))
                : Failures.answer(store.put(blocks), blocks.size());
    }

    Answer<Bytes> get(Cid cid, int maxBytes, Duration timeout, boolean offline) {
        Optional<Bytes> data;
        try (Reading reading = offline ? local() : reading(timeout)) {
            data = reading.find(cid) instanceof BlockReader.Found.Present(Bytes found)
                    ? Optional.of(found)
                    : Optional.empty();
        }
        if (Thread.currentThread().isInterrupted()) {
            return new Answer.Failed<>(Failures.cancelled());
        }
        if (data.isEmpty()) {
            return new Answer.Failed<>(Failures.missing(cid, offline));
        }
        return data.get().size() > maxBytes
                ? failed(Kind.BROKEN_ANSWER, cid + " has " + data.get().size() + " bytes, and " + maxBytes
                        + " are wanted at most")
                : new Answer.Got<>(data.get());
    }

    /** Blocks that are here, and what others have of them, for so long in all. */
    Reading reading(Duration patience) {
        return new Reading(here, Optional.of(exchange), Deadline.exactly(patience));
    }

    /** Blocks that are here. */
    Reading local() {
        return new Reading(here, Optional.empty(), Deadline.exactly(Duration.ZERO));
    }

    private static <T> Answer<T> failed(Kind kind, String detail) {
        return new Answer.Failed<>(new BackendFailure(kind, detail));
    }
}
