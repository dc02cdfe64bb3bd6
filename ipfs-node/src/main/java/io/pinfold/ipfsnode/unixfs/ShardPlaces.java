package io.pinfold.ipfsnode.unixfs;

import java.util.HexFormat;
import java.util.Locale;

/**
 * Where the names of a sharded folder stand: each level takes some bits of a name's hash, the most significant first, as the
 * place in its shard; a link's name begins with its place in hexadecimal.
 *
 * @param fanout places of a shard, a power of two from 8 to 1,024
 */
public record ShardPlaces(int fanout) {

    /** The least number of places. */
    public static final int MIN_FANOUT = 8;
    /** The greatest number of places. */
    public static final int MAX_FANOUT = 1024;

    /**
     * Checks the number of places.
     *
     * @throws IllegalArgumentException if it is out of range or no power of two
     */
    public ShardPlaces {
        if (!isValid(fanout)) {
            throw new IllegalArgumentException("a shard of " + fanout + " places");
        }
    }

    /** Whether shards can have so many places. */
    public static boolean isValid(long fanout) {
        return fanout >= MIN_FANOUT && fanout <= MAX_FANOUT && Long.bitCount(fanout) == 1;
    }

    /** Number of bits that a level takes. */
    public int bits() {
        return Integer.numberOfTrailingZeros(fanout);
    }

    /** Number of levels that a hash of 64 bits is enough for. */
    public int levels() {
        return Long.SIZE / bits();
    }

    /** The place of a name with this hash on {@code level}, from 0 and below {@link #levels}. */
    public int place(long hash, int level) {
        return (int) (hash << (level * bits()) >>> (Long.SIZE - bits()));
    }

    /** Number of characters of a place in hexadecimal. */
    public int prefixLength() {
        return (bits() + 3) / 4;
    }

    /** How the names of links to {@code place} begin. */
    public String prefix(int place) {
        return HexFormat.of().toHexDigits(place, prefixLength()).toUpperCase(Locale.ROOT);
    }
}
