package io.pinfold.multiformats.unixfs;

/**
 * How a shard of a folder places its entries. Both are as written: whether they can be used is for the reader to say.
 *
 * @param hashFunction multicodec of the function that names are hashed with
 * @param fanout number of places of a shard
 */
public record UnixFsShard(long hashFunction, long fanout) {

    /** The multicodec of the first 64 bits of MurmurHash3 x64 128, the only function in use. */
    public static final long MURMUR3_X64_64 = 0x22;
}
