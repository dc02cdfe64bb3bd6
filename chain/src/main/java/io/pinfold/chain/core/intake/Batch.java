package io.pinfold.chain.core.intake;

import io.pinfold.chain.core.LogOp;
import java.util.List;

/**
 * The operations of the next block.
 *
 * @param seq the number of that block
 */
public record Batch(long seq, List<LogOp> ops) {

    /** Copies the list. */
    public Batch {
        ops = List.copyOf(ops);
    }
}
