package io.pinfold.ipfsnode.pins;

/** What became of the end of a pin. */
public sealed interface Unpinned {

    /** It is pinned no more, survives a crash as such, and its room is being freed. */
    record Done() implements Unpinned {}

    /** It was not. */
    record Absent() implements Unpinned {}

    /** The disk is full or fails; the pin stays. */
    record Trouble(String detail, boolean full) implements Unpinned {}
}
