package io.pinfold.chain.core;

import io.pinfold.multiformats.Bytes;
import io.pinfold.trust.KeySet;
import java.time.Duration;

/**
 * The manifest that a cluster is: its CID is the cluster's id.
 *
 * @param name for people
 * @param nonce random, {@value #NONCE_BYTES} bytes, so that no two clusters are the same
 * @param keys the trusted keys of version 0
 * @param maxBlockBytes greatest size of a block, up to {@link Limits#BLOCK_BYTES}
 * @param maxBlockOps greatest number of operations in a block, up to {@link Limits#BLOCK_OPS}
 * @param defaultReplication of pins that ask for none
 * @param snapshotPeriod the time between snapshots, in whole milliseconds, 1 minute to 366 days
 */
public record Genesis(String name, Bytes nonce, KeySet keys, int maxBlockBytes, int maxBlockOps,
        Replication defaultReplication, Duration snapshotPeriod) {

    /** The size of the nonce. */
    public static final int NONCE_BYTES = 16;
    /** The smallest bound that a genesis may set for the size of a block: one pin with all it may carry fits. */
    public static final int MIN_BLOCK_BYTES = 128 << 10;
    /** The snapshot period of a genesis that says nothing else. */
    public static final Duration DEFAULT_SNAPSHOT_PERIOD = Duration.ofHours(1);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is broken
     */
    public Genesis {
        Texts.requireSize("name", name, Limits.NAME_BYTES);
        requireRange("length of the name", name.length(), 1, Limits.NAME_BYTES);
        requireRange("size of the nonce", nonce.size(), NONCE_BYTES, NONCE_BYTES);
        requireRange("block size", maxBlockBytes, MIN_BLOCK_BYTES, Limits.BLOCK_BYTES);
        requireRange("operations in a block", maxBlockOps, 1, Limits.BLOCK_OPS);
        requireRange("snapshot period", snapshotPeriod.toMillis(), 60_000, Duration.ofDays(366).toMillis());
        if (!snapshotPeriod.equals(Duration.ofMillis(snapshotPeriod.toMillis()))) {
            throw new IllegalArgumentException("snapshot period is not in whole milliseconds");
        }
    }

    /** A genesis with the protocol's limits, pins everywhere, and a snapshot an hour. */
    public static Genesis of(String name, Bytes nonce, KeySet keys) {
        return new Genesis(name, nonce, keys, Limits.BLOCK_BYTES, Limits.BLOCK_OPS, Replication.EVERYWHERE,
                DEFAULT_SNAPSHOT_PERIOD);
    }

    private static void requireRange(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + ", allowed are " + min + " to " + max);
        }
    }
}
