package io.pinfold.chain.store.pins;

import io.pinfold.chain.PinStore;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a pin store lives and when it builds a new base.
 *
 * @param folder made if need be; no other store may use it
 * @param buildChanges changes in memory at which a base is built, at least; for a large pinset it is a tenth of it,
 *     up to {@link #MAX_BUILD_CHANGES}. Small makes it write often, large makes a start replay more
 * @param buildAfter after this time a base is built with {@link #MIN_CHANGES} changes already, so that a start replays
 *     little
 * @param keptBlocks blocks that stay in memory when a base is built, so that a short reorganisation finds them there
 * @param maxChanges changes in memory at which {@code apply} waits
 */
public record PinStoreConfig(Path folder, int buildChanges, Duration buildAfter, int keptBlocks, int maxChanges) {

    /** The greatest number of changes that building waits for. */
    public static final int MAX_BUILD_CHANGES = 50_000;

    /** The least number of changes that are worth a base. */
    public static final int MIN_CHANGES = 1_000;

    /** Checks the bounds. */
    public PinStoreConfig {
        if (buildChanges < 1 || buildChanges > maxChanges) {
            throw new IllegalArgumentException("buildChanges is " + buildChanges);
        }
        if (keptBlocks < 0) {
            throw new IllegalArgumentException("keptBlocks is " + keptBlocks);
        }
        if (maxChanges < 1 || maxChanges > PinStore.MAX_OVERLAY) {
            throw new IllegalArgumentException("maxChanges is " + maxChanges);
        }
    }

    /** The defaults: a base every 20,000 changes, or after 5 minutes; 64 blocks kept; at most 200,000 changes. */
    public static PinStoreConfig of(Path folder) {
        return new PinStoreConfig(folder, 20_000, Duration.ofMinutes(5), 64, PinStore.MAX_OVERLAY);
    }

    /** Changes in memory at which a base of a pinset of {@code size} pins is built. */
    int buildChanges(long size) {
        return (int) Math.max(buildChanges, Math.min(size / 10, MAX_BUILD_CHANGES));
    }

    /** Changes that may stay in memory after building. */
    int keptChanges() {
        return maxChanges / 4;
    }
}
