package io.pinfold.rpc;

/**
 * The most that a method answers to one call; both sides hold to it.
 *
 * @param items number of items, at least 1
 * @param itemBytes bytes of one item
 * @param totalBytes bytes of all items together
 */
public record AnswerBounds(int items, int itemBytes, long totalBytes) {

    public AnswerBounds {
        if (items < 1 || itemBytes < 0 || itemBytes > MethodTable.MAX_ITEM_BYTES || totalBytes < itemBytes) {
            throw new IllegalArgumentException(
                    "bounds: " + items + " items, " + itemBytes + " and " + totalBytes + " bytes");
        }
    }

    /** One item of at most {@code bytes}. */
    public static AnswerBounds single(int bytes) {
        return new AnswerBounds(1, bytes, bytes);
    }
}
