package io.pinfold.follower.removal;

import io.pinfold.multiformats.Cid;
import java.util.Optional;

/**
 * Where this peer stands on the chain, as far as removals depend on it; answered from memory, by any thread.
 */
public interface ChainStanding {

    /** Whether no fresh signed head was heard of for {@code stale_after}. */
    boolean stale();

    /** Whether the state is one of the past: it is being rebuilt, replayed or synchronised. */
    boolean behind();

    /** Height of the state. */
    long height();

    /**
     * Whether more than half of the publisher keys stand on the block at {@code height}.
     *
     * @param block must be that block if given; one that is not on the chain is not confirmed
     */
    boolean confirmed(long height, Optional<Cid> block);

    /** Whether an admin anchor stands on the block at {@code height}; {@code block} as in {@link #confirmed}. */
    boolean anchored(long height, Optional<Cid> block);
}
