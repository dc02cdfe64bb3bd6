package io.pinfold.chain.store.blocks;

import java.util.ArrayList;
import java.util.List;

/** A list of longs that grows by fixed pieces, so that it never copies and wastes at most one piece. */
final class LongChunks {

    private static final int BITS = 12;
    private static final int SIZE = 1 << BITS;

    private final List<long[]> chunks = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    void add(long value) {
        if ((size & (SIZE - 1)) == 0) {
            chunks.add(new long[SIZE]);
        }
        chunks.getLast()[size++ & (SIZE - 1)] = value;
    }

    long get(int index) {
        return chunks.get(index >>> BITS)[index & (SIZE - 1)];
    }

    void set(int index, long value) {
        chunks.get(index >>> BITS)[index & (SIZE - 1)] = value;
    }
}
