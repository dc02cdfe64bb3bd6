package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.head.Staleness;
import io.pinfold.chain.core.head.Standing;
import java.util.Optional;

/**
 * Where a chain stands, as of its last step. Immutable.
 *
 * @param head where the state stands
 * @param bestHeight height of the best branch that is known, here or still to be fetched; above the state's while blocks are
 *        missing or cannot be written
 * @param signing whether this peer signs
 * @param standing who confirms what
 * @param staleness when the last fresh head was heard
 * @param sync what is being fetched, if anything is
 * @param orphans number of blocks that wait to be merged
 * @param waitingOps number of acknowledged operations that wait for a block
 * @param othersAheadMillis how far the other trusted clocks are ahead, 0 if unknown
 */
public record ChainStatus(StateMark head, long bestHeight, Signing signing, Standing standing, Staleness staleness,
        Optional<SyncProgress> sync, int orphans, long waitingOps, long othersAheadMillis) {}
