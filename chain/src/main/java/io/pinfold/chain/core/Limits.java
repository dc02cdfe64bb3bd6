package io.pinfold.chain.core;

import java.time.Duration;

/** The bounds of the chain's formats and rules (protocol page, section "Limits"); all are part of the protocol. */
public final class Limits {

    /** The greatest size of an encoded block, in bytes. */
    public static final int BLOCK_BYTES = 1 << 20;
    /** The greatest number of operations in a block. */
    public static final int BLOCK_OPS = 10_000;
    /** The greatest number of blocks that one block merges. */
    public static final int MERGES = 16;
    /** The greatest height, sequence number or version: integers that every implementation can hold. */
    public static final long MAX_NUMBER = (1L << 53) - 1;
    /** The greatest time, in milliseconds since 1970: the end of the year 9999. */
    public static final long MAX_TIME = 253_402_300_799_999L;
    /** The greatest size of a pin's or cluster's name, in bytes of UTF-8. */
    public static final int NAME_BYTES = 255;
    /** The greatest number of metadata entries of a pin, and of settings of a {@code config} operation. */
    public static final int METADATA_ENTRIES = 64;
    /** The greatest size of all metadata of a pin together, keys and values, in bytes of UTF-8. */
    public static final int METADATA_BYTES = 4096;
    /** The greatest number of origins of a pin. */
    public static final int ORIGINS = 10;
    /** The greatest number of allocations of a pin, and of user allocations. */
    public static final int ALLOCATIONS = 256;
    /** The greatest replication factor. */
    public static final int REPLICATION = 1_000_000;
    /** The greatest number of publisher keys, and of admin keys, of a cluster. */
    public static final int KEYS = 64;
    /** The greatest size of an encoded genesis, in bytes. */
    public static final int GENESIS_BYTES = 64 << 10;
    /** The greatest size of an encoded head with its blocks, in bytes. */
    public static final int HEAD_BYTES = 64 << 10;
    /** The greatest size of all blocks inside a head together, in bytes. */
    public static final int INLINE_BYTES = 16 << 10;
    /** The greatest number of blocks inside a head. */
    public static final int INLINE_BLOCKS = 128;
    /** How far a time may be ahead of the clock before it is of the future. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private Limits() {}
}
