package io.pinfold.chain.store.blocks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of ints of any length that is {@link #UNSET} wherever nothing was set, and takes memory only where it was. */
final class IntChunks {

    static final int UNSET = -1;

    private static final int BITS = 12;
    private static final int SIZE = 1 << BITS;

    private final List<int @Nullable []> chunks = new ArrayList<>();

    int get(int index) {
        int chunk = index >>> BITS;
        int[] values = chunk < chunks.size() ? chunks.get(chunk) : null;
        return values == null ? UNSET : ~values[index & (SIZE - 1)];
    }

    void set(int index, int value) {
        int chunk = index >>> BITS;
        while (chunks.size() <= chunk) {
            chunks.add(null);
        }
        int[] values = chunks.get(chunk);
        if (values == null) {
            values = new int[SIZE];
            chunks.set(chunk, values);
        }
        values[index & (SIZE - 1)] = ~value;
    }
}
