package io.pinfold.chain.core.head;

/**
 * By how many of the publisher keys a block is confirmed: their latest head stands on it.
 *
 * @param by number of keys
 * @param of number of publisher keys
 */
public record Confirmation(int by, int of) {

    /** Whether more than half of the keys confirm it. */
    public boolean isMajority() {
        return 2 * by > of;
    }

    @Override
    public String toString() {
        return by + " of " + of;
    }
}
