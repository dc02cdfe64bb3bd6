package io.pinfold.chain;

import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.LogOp;
import java.util.Optional;

/**
 * An operation of a client of this peer, as the intake log keeps it until a block holds it.
 *
 * @param seq of the block that is to hold it
 * @param index in that block
 * @param timeMillis when it was taken in, in milliseconds since 1970
 * @param key the client's idempotency key, at most {@value #MAX_KEY} characters
 */
public record IntakeEntry(long seq, int index, LogOp op, long timeMillis, Optional<String> key) {

    /** The greatest length of an idempotency key. */
    public static final int MAX_KEY = 128;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is broken
     */
    public IntakeEntry {
        if (seq < 1 || seq > Limits.MAX_NUMBER || index < 0 || index >= Limits.BLOCK_OPS) {
            throw new IllegalArgumentException("entry " + seq + '.' + index);
        }
        if (key.filter(text -> text.isEmpty() || text.length() > MAX_KEY).isPresent()) {
            throw new IllegalArgumentException("idempotency key of " + key.get().length() + " characters");
        }
    }
}
