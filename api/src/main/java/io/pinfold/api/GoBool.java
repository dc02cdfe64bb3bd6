package io.pinfold.api;

import java.util.Optional;
import java.util.Set;

/** Booleans as Go programs write them in a query. */
public final class GoBool {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "False", "FALSE");

    private GoBool() {}

    /** The value that {@code text} spells; empty if it spells none. */
    public static Optional<Boolean> parse(String text) {
        return TRUE.contains(text) || FALSE.contains(text) ? Optional.of(TRUE.contains(text)) : Optional.empty();
    }
}
