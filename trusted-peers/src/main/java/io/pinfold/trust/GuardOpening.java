package io.pinfold.trust;

/** The answer of opening a guard log. */
public sealed interface GuardOpening {

    /**
     * The log is open.
     *
     * @param created whether there was none before
     */
    record Opened(GuardLog log, boolean created) implements GuardOpening {}

    /** The log is damaged before its end; {@code reason} is a sentence for people. Nothing was changed. */
    record Damaged(String reason) implements GuardOpening {}

    /** The log is of another cluster or another key; {@code reason} is a sentence for people. Nothing was changed. */
    record Foreign(String reason) implements GuardOpening {}
}
