package io.pinfold.ipfsnode.dag;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.nio.ByteBuffer;

/**
 * Remembers which blocks were met, and how deep at least, in 20 bytes each (twice that at most, since the table doubles).
 *
 * <p>A block is told from others by its codec and 16 bytes of its hash. The hash is a cryptographic one, or is hashed here, so
 * two blocks that look the same take 2^64 attempts to make, and then only spare a walk over their maker's own graph. Not for
 * several threads.
 */
public final class Seen {

    private static final int SMALL = 1 << 6;
    private static final int KEY_BYTES = 16;

    private long[] keys = new long[2 * SMALL];
    private int[] depths = new int[SMALL];
    private int size;

    /** How a block was met. */
    public enum Meeting {
        /** For the first time. */
        NEW,
        /** Again, nearer to the root than ever before. */
        NEARER,
        /** Again. */
        KNOWN
    }

    /** Number of blocks met. */
    public int size() {
        return size;
    }

    /** Remembers that {@code cid} was met at {@code depth} and says how it was known. */
    public Meeting meet(Cid cid, int depth) {
        ByteBuffer hash = key(cid.hash());
        long high = hash.getLong() ^ cid.codec();
        long low = hash.getLong() | 1; // so that an empty place is told by a zero
        if (2 * size == depths.length) {
            grow();
        }
        int place = find(keys, high, low);
        if (keys[2 * place + 1] == 0) {
            keys[2 * place] = high;
            keys[2 * place + 1] = low;
            depths[place] = depth;
            size++;
            return Meeting.NEW;
        }
        if (depth < depths[place]) {
            depths[place] = depth;
            return Meeting.NEARER;
        }
        return Meeting.KNOWN;
    }

    private static ByteBuffer key(Multihash hash) {
        boolean cryptographic = hash.code() != Multicodec.IDENTITY
                && hash.isVerifiable()
                && hash.digest().size() >= KEY_BYTES;
        Bytes key = cryptographic ? hash.digest() : Multihash.sha256(hash.toBytes()).digest();
        return key.toBuffer();
    }

    private static int find(long[] keys, long high, long low) {
        int mask = keys.length / 2 - 1;
        int place = (int) (high ^ high >>> 32) & mask;
        while (keys[2 * place + 1] != 0 && (keys[2 * place] != high || keys[2 * place + 1] != low)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] more = new long[2 * keys.length];
        int[] moreDepths = new int[2 * depths.length];
        for (int old = 0; old < depths.length; old++) {
            if (keys[2 * old + 1] != 0) {
                int place = find(more, keys[2 * old], keys[2 * old + 1]);
                more[2 * place] = keys[2 * old];
                more[2 * place + 1] = keys[2 * old + 1];
                moreDepths[place] = depths[old];
            }
        }
        keys = more;
        depths = moreDepths;
    }
}
