package io.pinfold.multiformats.cbor;

/**
 * What a decoder takes at most. Too small refuses honest input; too large lets input that is small on the wire take a
 * multiple of its size in memory (an item takes some 50 bytes).
 *
 * @param maxBytes size of the whole encoding
 * @param maxDepth lists and maps within one another, 1 for a list of numbers; at most {@value #HARD_MAX_DEPTH}
 * @param maxItems values and map keys in all
 */
public record CborLimits(int maxBytes, int maxDepth, int maxItems) {

    /** The greatest depth that can be asked for, since decoding recurses. */
    public static final int HARD_MAX_DEPTH = 1024;

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is negative, or the depth above {@value #HARD_MAX_DEPTH}
     */
    public CborLimits {
        if (maxBytes < 0 || maxDepth < 0 || maxItems < 0 || maxDepth > HARD_MAX_DEPTH) {
            throw new IllegalArgumentException("limits out of range: " + maxBytes + ", " + maxDepth + ", " + maxItems);
        }
    }
}
