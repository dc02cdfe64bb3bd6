package io.pinfold.follower.view;

import java.util.OptionalInt;

/**
 * How many members hold a pin: from {@code min} to {@code max}, or everybody (both -1), or as configured (0), or a
 * share of the members.
 *
 * @param percent 1 to 100, of the members; {@code min} and {@code max} are then what the share must not leave
 */
public record Replication(int min, int max, OptionalInt percent) {

    /** What the cluster's configuration says. */
    public static final Replication DEFAULT = new Replication(0, 0, OptionalInt.empty());
    /** Every member. */
    public static final Replication EVERYWHERE = new Replication(-1, -1, OptionalInt.empty());

    public Replication {
        if (min < -1 || max < -1 || percent.orElse(1) < 1 || percent.orElse(1) > 100) {
            throw new IllegalArgumentException("replication " + min + "--" + max + " " + percent);
        }
    }

    /** From {@code min} to {@code max} members. */
    public static Replication between(int min, int max) {
        return new Replication(min, max, OptionalInt.empty());
    }
}
