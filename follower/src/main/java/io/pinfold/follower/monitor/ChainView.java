package io.pinfold.follower.monitor;

import io.pinfold.chain.ChainStore;
import io.pinfold.chain.core.head.Confirmation;
import io.pinfold.chain.core.machine.ChainStatus;
import io.pinfold.chain.core.machine.Signing;
import io.pinfold.follower.removal.ChainStanding;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.Failure.NotAWriter.Why;
import io.pinfold.multiformats.Cid;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What the chain's status means for removals and for those who want to write. */
public final class ChainView implements ChainStanding {

    private final Supplier<ChainStatus> status;
    private final ChainStore blocks;
    private final InstantSource clock;
    private final AnchorHeight anchors;

    /** A view of the chain whose status {@code status} gives, from memory. */
    public ChainView(Supplier<ChainStatus> status, ChainStore blocks, InstantSource clock) {
        this.status = status;
        this.blocks = blocks;
        this.clock = clock;
        this.anchors = new AnchorHeight(blocks);
    }

    /** Where the chain stands. */
    public ChainStatus status() {
        return status.get();
    }

    @Override
    public boolean stale() {
        ChainStatus now = status.get();
        return now.signing() == Signing.NOT_A_PUBLISHER && now.staleness().isStale(clock.millis());
    }

    @Override
    public boolean behind() {
        ChainStatus now = status.get();
        return now.sync().isPresent() || now.signing() == Signing.REPAIRING;
    }

    @Override
    public long height() {
        return status.get().head().height();
    }

    @Override
    public boolean confirmed(long height, Optional<Cid> block) {
        return isApplied(height, block) && status.get().standing().of(height).isMajority();
    }

    @Override
    public boolean anchored(long height, Optional<Cid> block) {
        return isApplied(height, block) && anchors.of(status.get().head().trust()) >= height;
    }

    private boolean isApplied(long height, Optional<Cid> block) {
        return block.isEmpty() || blocks.cidAt(height).equals(block);
    }

    /** By whom the newest block is confirmed. */
    public Confirmation confirmation() {
        ChainStatus now = status.get();
        return now.standing().of(now.head().height());
    }

    /** Why this peer takes no changes, if it does not. */
    public Optional<Failure.NotAWriter> hindrance() {
        return switch (status.get().signing()) {
            case NOT_A_PUBLISHER -> Optional.of(new Failure.NotAWriter(Why.KEY_NOT_TRUSTED));
            case CLOCK_WRONG -> Optional.of(new Failure.NotAWriter(Why.CLOCK_SKEWED));
            case REPAIRING, WAITING_FOR_A_PEER, SYNCING, DISK_TROUBLE, READY -> Optional.empty();
        };
    }

    /** Why this peer signs nothing at present, if people should know. */
    public Optional<Failure.NotAWriter> silence() {
        return status.get().signing() == Signing.WAITING_FOR_A_PEER
                ? Optional.of(new Failure.NotAWriter(Why.WAITING_FOR_PEERS))
                : hindrance();
    }
}
