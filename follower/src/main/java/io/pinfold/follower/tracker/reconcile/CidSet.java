package io.pinfold.follower.tracker.reconcile;

import io.pinfold.multiformats.Cid;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A set of CIDs that keeps 64 bits of each: 8 to 32 bytes of memory an item.
 *
 * <p>Two CIDs may be taken for one another with a chance of about {@code size / 2^64}, so it is for what may be wrong
 * once: what is found missing by mistake is pinned again, which changes nothing. The bits depend on a secret seed, so
 * nobody can choose CIDs that collide. Not safe for use by many threads.
 */
public final class CidSet {

    private static final int SMALLEST = 16;

    private final long seed;
    private final int bound;
    private long[] table = new long[SMALLEST];
    private int size;

    /** An empty set of at most {@code bound} CIDs. */
    public CidSet(int bound, RandomGenerator random) {
        this.bound = bound;
        this.seed = random.nextLong();
    }

    private CidSet(int bound, long seed) {
        this.bound = bound;
        this.seed = seed;
    }

    /** An empty set that {@link #addAll} takes. */
    public CidSet sibling() {
        return new CidSet(bound, seed);
    }

    /** Adds {@code cid}; false if the set is full. */
    public boolean add(Cid cid) {
        return add(fingerprint(cid));
    }

    /** Adds all of {@code other}, a sibling; false if the set is full. */
    public boolean addAll(CidSet other) {
        if (other.seed != seed) {
            throw new IllegalArgumentException("not a sibling");
        }
        return Arrays.stream(other.table).allMatch(fingerprint -> fingerprint == 0 || add(fingerprint));
    }

    /** Takes all of {@code other}, a sibling, out. */
    public void removeAll(CidSet other) {
        if (other.seed != seed) {
            throw new IllegalArgumentException("not a sibling");
        }
        for (long fingerprint : other.table) {
            if (fingerprint != 0) {
                remove(fingerprint);
            }
        }
    }

    /** Whether {@code cid} is in the set. */
    public boolean contains(Cid cid) {
        return table[slot(fingerprint(cid))] != 0;
    }

    /** Takes {@code cid} out. */
    public void remove(Cid cid) {
        remove(fingerprint(cid));
    }

    /** Takes everything out. */
    public void clear() {
        table = new long[SMALLEST];
        size = 0;
    }

    /** Number of CIDs. */
    public int size() {
        return size;
    }

    private boolean add(long fingerprint) {
        int slot = slot(fingerprint);
        if (table[slot] != 0) {
            return true;
        }
        if (size >= bound) {
            return false;
        }
        table[slot] = fingerprint;
        if (++size > table.length / 2) {
            grow();
        }
        return true;
    }

    private void remove(long fingerprint) {
        int hole = slot(fingerprint);
        if (table[hole] == 0) {
            return;
        }
        table[hole] = 0;
        size--;
        int mask = table.length - 1;
        for (int at = (hole + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
            int home = home(table[at]);
            boolean reachable = ((at - home) & mask) < ((at - hole) & mask);
            if (!reachable) {
                table[hole] = table[at];
                table[at] = 0;
                hole = at;
            }
        }
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (long fingerprint : old) {
            if (fingerprint != 0) {
                table[slot(fingerprint)] = fingerprint;
            }
        }
    }

    /** Where {@code fingerprint} is, or the free place where it would be. */
    private int slot(long fingerprint) {
        int mask = table.length - 1;
        int at = home(fingerprint);
        while (table[at] != 0 && table[at] != fingerprint) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int home(long fingerprint) {
        return (int) fingerprint & (table.length - 1);
    }

    /** Never 0, which marks a free place. */
    private long fingerprint(Cid cid) {
        ByteBuffer bytes = cid.toBytes().toBuffer();
        long hash = seed ^ bytes.remaining();
        while (bytes.remaining() >= Long.BYTES) {
            hash = mix(hash ^ bytes.getLong());
        }
        while (bytes.hasRemaining()) {
            hash = mix(hash ^ bytes.get());
        }
        return hash == 0 ? 1 : hash;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long a = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
