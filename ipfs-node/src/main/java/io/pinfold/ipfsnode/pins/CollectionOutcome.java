package io.pinfold.ipfsnode.pins;

/** What became of a collection. */
public sealed interface CollectionOutcome {

    /** What nothing keeps is removed. */
    record Done(Collected collected) implements CollectionOutcome {}

    /** The thread was interrupted, which it stays; what ended pins kept is removed all the same. */
    record Interrupted() implements CollectionOutcome {}

    /** The disk is full or fails; what is left is removed later, beside other work or by the next collection. */
    record Trouble(String detail, boolean full) implements CollectionOutcome {}
}
