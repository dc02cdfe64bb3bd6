package io.pinfold.chain.core;

import java.util.OptionalInt;

/**
 * How many peers hold a pin: everybody, from {@code min} to {@code max} peers, or a share of the peerset.
 *
 * @param min -1 for everybody or a share, else 1 to {@code max}
 * @param max -1 for everybody or a share, else up to {@link Limits#REPLICATION}
 * @param percent the share, 1 to 100
 */
public record Replication(int min, int max, OptionalInt percent) {

    /** Held by everybody. */
    public static final Replication EVERYWHERE = new Replication(-1, -1, OptionalInt.empty());

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if this is none of the three forms
     */
    public Replication {
        boolean factors = min >= 1 && min <= max && max <= Limits.REPLICATION;
        boolean none = min == -1 && max == -1;
        if (percent.isPresent() ? !none || percent.getAsInt() < 1 || percent.getAsInt() > 100 : !none && !factors) {
            throw new IllegalArgumentException("replication " + min + " to " + max
                    + (percent.isPresent() ? " and " + percent.getAsInt() + " %" : ""));
        }
    }

    /** Held by {@code min} to {@code max} peers; -1 and -1 for everybody. */
    public static Replication of(int min, int max) {
        return new Replication(min, max, OptionalInt.empty());
    }

    /** Held by {@code percent} percent of the peers. */
    public static Replication percent(int percent) {
        return new Replication(-1, -1, OptionalInt.of(percent));
    }

    /** Whether everybody holds the pin. */
    public boolean isEverywhere() {
        return max == -1 && percent.isEmpty();
    }
}
