package io.pinfold.chain.core;

/**
 * A pin in the state, and where it comes from.
 *
 * @param height of the block of the applied branch that brought it, itself or by merging
 * @param timeMillis time of the block that holds the operation, in milliseconds since 1970
 */
public record PinEntry(Pin pin, long height, long timeMillis) {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if height or time is out of them
     */
    public PinEntry {
        if (height < 1 || height > Limits.MAX_NUMBER || timeMillis < 0 || timeMillis > Limits.MAX_TIME) {
            throw new IllegalArgumentException("entry at height " + height + ", time " + timeMillis);
        }
    }
}
