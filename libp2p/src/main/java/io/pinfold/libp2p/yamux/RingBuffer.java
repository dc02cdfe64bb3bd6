package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.limit.MemoryBudget;

/**
 * A queue of bytes that grows by doubling, its memory up to {@code counted} bytes taken from a budget; whoever lets more
 * come in has reserved that already. Not thread-safe.
 *
 * <p>However small the pieces are that bytes come in, memory is at most twice the bytes held, plus 4 KiB.
 */
final class RingBuffer {

    private static final int SMALLEST = 4096;
    private static final byte[] NOTHING = {};

    private final MemoryBudget budget;
    private final int counted;
    private byte[] ring = NOTHING;
    private int head;
    private int size;

    RingBuffer(MemoryBudget budget, int counted) {
        this.budget = budget;
        this.counted = counted;
    }

    int size() {
        return size;
    }

    /** Appends {@code length} bytes; false, and nothing appended, if the budget does not allow for them. */
    boolean append(byte[] source, int offset, int length) {
        if (size + length > ring.length && !grow(size + length)) {
            return false;
        }
        int tail = (head + size) % ring.length;
        int first = Math.min(length, ring.length - tail);
        System.arraycopy(source, offset, ring, tail, first);
        System.arraycopy(source, offset + first, ring, 0, length - first);
        size += length;
        return true;
    }

    /** Takes up to {@code length} bytes and returns how many. */
    int take(byte[] target, int offset, int length) {
        int count = Math.min(length, size);
        int first = Math.min(count, ring.length - head);
        System.arraycopy(ring, head, target, offset, first);
        System.arraycopy(ring, 0, target, offset + first, count - first);
        size -= count;
        head = size == 0 ? 0 : (head + count) % ring.length;
        return count;
    }

    /** Forgets what is held and gives the memory back. */
    void free() {
        budget.release(Math.min(ring.length, counted));
        ring = NOTHING;
        head = 0;
        size = 0;
    }

    private boolean grow(int wanted) {
        int capacity = Math.max(SMALLEST, Integer.highestOneBit(wanted - 1) << 1);
        if (!budget.reserve(Math.min(capacity, counted) - Math.min(ring.length, counted))) {
            return false;
        }
        byte[] larger = new byte[capacity];
        int held = take(larger, 0, size);
        ring = larger;
        head = 0;
        size = held;
        return true;
    }
}
