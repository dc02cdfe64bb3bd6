package io.pinfold.chain.core;

import io.pinfold.multiformats.PeerId;

/**
 * The name of an operation: its place in the block that holds it.
 *
 * @param author of the block
 * @param seq the author's sequence number of the block, from 1
 * @param index in the block's operations, from 0
 */
public record OperationId(PeerId author, long seq, int index) {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if {@code seq} or {@code index} is out of them
     */
    public OperationId {
        if (seq < 1 || seq > Limits.MAX_NUMBER || index < 0 || index >= Limits.BLOCK_OPS) {
            throw new IllegalArgumentException("operation " + seq + '.' + index);
        }
    }

    @Override
    public String toString() {
        return author + "/" + seq + "/" + index;
    }
}
