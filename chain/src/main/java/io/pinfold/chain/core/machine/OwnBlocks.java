package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.intake.Intake;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.Guard;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The blocks of this peer's key: makes the next one when it is due, and never with a number that was used before, here or
 * elsewhere.
 */
final class OwnBlocks {

    private final PeerId self;
    private final StateFollower state;
    private final Guard guard;
    private final Intake intake;
    private final Producer producer;
    private final StateListener listener;
    /** The highest number of a block of our key that was not made here. */
    private long highestSeen;
    private boolean opened;

    OwnBlocks(StateFollower state, Guard guard, Intake intake, Producer producer, PeerId self, StateListener listener) {
        this.self = self;
        this.state = state;
        this.guard = guard;
        this.intake = intake;
        this.producer = producer;
        this.listener = listener;
    }

    /** The highest sequence number of {@code self} that is or may be used, as far as this peer's disk tells. */
    static long used(PeerId self, StateFollower state, Guard guard) {
        return Math.max(guard.reserved(),
                Math.max(state.head().sequences().of(self).highest(), state.orphans().highest(self)));
    }

    /** Notices those of {@code blocks} that are of our key and not {@code known}: they were not made here. */
    void arrived(Collection<CheckedBlock> blocks, Predicate<Cid> known) {
        for (CheckedBlock checked : blocks) {
            Block block = checked.block().block();
            if (block.author().equals(self) && !known.test(checked.cid())) {
                highestSeen = Math.max(highestSeen, block.seq());
                opened = false;
                listener.raised(new ChainAlert.KeyUsedElsewhere(block.seq(), checked.cid()));
            }
        }
    }

    /**
     * The next block on the state's head, if one is due.
     *
     * @throws java.io.UncheckedIOException if the disk is full or fails
     */
    Optional<SignedBlock> make(long nowMillis) {
        if (nowMillis < producibleMillis()) {
            return Optional.empty();
        }
        if (!opened) {
            intake.open(Math.max(highestSeen, used(self, state, guard)),
                    seq -> state.head().sequences().contains(self, seq) || state.orphans().contains(self, seq));
            opened = true;
        }
        return producer.dueMillis(state.head(), nowMillis) > nowMillis
                ? Optional.empty()
                : producer.make(state.head(), nowMillis);
    }

    /** When the next block is due. */
    long dueMillis(long nowMillis) {
        return Math.max(producibleMillis(), opened ? producer.dueMillis(state.head(), nowMillis) : nowMillis);
    }

    /** From when a block on the state's head would not be of the future. */
    private long producibleMillis() {
        return state.head().timeMillis() - Limits.CLOCK_TOLERANCE.toMillis();
    }
}
