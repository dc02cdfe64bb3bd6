package io.pinfold.chain.store.pins;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Says when the next base is due, and of which block. */
final class BaseSchedule {

    /** How long after a failure the next attempt is made, unless there is no room left. */
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final PinStoreConfig config;
    private final InstantSource clock;
    private Instant lastBuilt;
    private Instant notBefore = Instant.MIN;

    BaseSchedule(PinStoreConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.lastBuilt = clock.instant();
    }

    void built() {
        lastBuilt = clock.instant();
    }

    void failed() {
        notBefore = clock.instant().plus(RETRY);
    }

    /** The block whose base is due, or null if none is. */
    @Nullable
    Layer target(PinState state) {
        int changes = state.changes();
        boolean many = changes >= config.buildChanges(state.size());
        boolean old = changes >= PinStoreConfig.MIN_CHANGES
                && !clock.instant().isBefore(lastBuilt.plus(config.buildAfter()));
        return (many || old) && !clock.instant().isBefore(notBefore) ? newestTarget(state) : null;
    }

    /** The block whose base makes most room without delay; null only if nothing is in memory. */
    @Nullable
    Layer targetAtBound(PinState state) {
        Layer target = newestTarget(state);
        return target == null ? state.top() : target;
    }

    /** The newest block that leaves no more in memory than is to be kept there; null if that is in the base. */
    private @Nullable Layer newestTarget(PinState state) {
        Layer layer = state.top();
        for (int kept = 0; kept < config.keptBlocks() && layer != null; kept++) {
            Layer below = layer.below();
            int above = state.changes() - (below == null ? 0 : below.total());
            if (above > config.keptChanges()) {
                break;
            }
            layer = below;
        }
        return layer;
    }
}
