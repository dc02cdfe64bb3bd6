package io.pinfold.ipfsnode.pins;

/** What became of beginning an import. */
public sealed interface ImportBegun {

    /** It is under way; whoever began it closes it. */
    record Started(ImportSession session) implements ImportBegun {}

    /** There are too many sessions. */
    record TooMany() implements ImportBegun {}

    /** The disk is full or fails. */
    record Trouble(String detail, boolean full) implements ImportBegun {}

    /** The session; for those to whom anything else is a bug. */
    default ImportSession orElseThrow() {
        if (this instanceof Started(ImportSession session)) {
            return session;
        }
        throw new IllegalStateException(toString());
    }
}
