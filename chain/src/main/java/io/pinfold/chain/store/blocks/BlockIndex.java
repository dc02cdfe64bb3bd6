package io.pinfold.chain.store.blocks;

import io.pinfold.chain.store.segment.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each block is, and which is its previous one, in about 55 bytes a block. Not safe for threads.
 *
 * <p>Blocks are numbered from 0 in the order in which they were first appended.
 */
final class BlockIndex {

    /** No block. */
    static final int NONE = IntChunks.UNSET;

    private static final int FIRST_TABLE = 1 << 10;
    private static final int LONGS = 4;

    private final LongChunks digests = new LongChunks();
    private final LongChunks positions = new LongChunks();
    private final IntChunks parents = new IntChunks();
    private final Map<Digest, List<Integer>> orphans = new HashMap<>();
    private int[] table = new int[FIRST_TABLE];

    int size() {
        return positions.size();
    }

    /** The number of the block {@code digest}, or {@link #NONE}; its position may be unknown. */
    int find(Digest digest) {
        for (int slot = slot(digest);; slot = (slot + 1) & (table.length - 1)) {
            int number = table[slot] - 1;
            if (number < 0 || isAt(number, digest)) {
                return number;
            }
        }
    }

    /** Adds a block that is not here, and returns its number. */
    int add(Digest digest, Digest previous, long position) {
        int number = size();
        digests.add(digest.a());
        digests.add(digest.b());
        digests.add(digest.c());
        digests.add(digest.d());
        positions.add(position);
        insert(number, digest);
        int parent = find(previous);
        parents.set(number, parent);
        if (parent == NONE) {
            orphans.computeIfAbsent(previous, _ -> new ArrayList<>(1)).add(number);
        }
        for (int child : children(digest)) {
            parents.set(child, number);
        }
        orphans.remove(digest);
        return number;
    }

    /** The blocks whose previous block is {@code digest}, which is not here. */
    List<Integer> children(Digest digest) {
        return orphans.getOrDefault(digest, List.of());
    }

    /** The previous block of {@code number}, of which only the digest is known. */
    Digest absentParent(int number) {
        return orphans.entrySet()
                .stream()
                .filter(entry -> entry.getValue().contains(number))
                .findAny()
                .orElseThrow()
                .getKey();
    }

    /** The number of the previous block of {@code number}, or {@link #NONE} if it was never here. */
    int parent(int number) {
        return parents.get(number);
    }

    Digest digest(int number) {
        int at = LONGS * number;
        return new Digest(digests.get(at), digests.get(at + 1), digests.get(at + 2), digests.get(at + 3));
    }

    /** Where {@code number} is, or {@link Position#NONE} if its record is damaged. */
    long position(int number) {
        return positions.get(number);
    }

    void setPosition(int number, long position) {
        positions.set(number, position);
    }

    private boolean isAt(int number, Digest digest) {
        int at = LONGS * number;
        return digests.get(at) == digest.a() && digests.get(at + 1) == digest.b()
                && digests.get(at + 2) == digest.c() && digests.get(at + 3) == digest.d();
    }

    private void insert(int number, Digest digest) {
        if (size() > table.length / 4 * 3) {
            int[] former = table;
            table = new int[former.length * 2];
            for (int entry : former) {
                if (entry != 0) {
                    put(entry - 1, slot(digest(entry - 1)));
                }
            }
        }
        put(number, slot(digest));
    }

    private void put(int number, int from) {
        int slot = from;
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = number + 1;
    }

    private int slot(Digest digest) {
        return (int) (digest.a() >>> 32) & (table.length - 1);
    }
}
