package io.pinfold.follower.view;

import io.pinfold.multiformats.PeerId;

/**
 * A change that is durable and will be in the chain.
 *
 * @param pin the pin as it will stand, or as it stood when it was removed
 * @param operation by which the change is found in the chain
 */
public record Accepted(PinInfo pin, Operation operation) {

    /** The id of an operation: its author, the author's sequence number, and its place among that block's operations. */
    public record Operation(PeerId author, long seq, int index) {

        @Override
        public String toString() {
            return author + "/" + seq + "/" + index;
        }
    }
}
