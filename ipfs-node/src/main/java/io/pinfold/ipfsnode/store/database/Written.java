package io.pinfold.ipfsnode.store.database;

/** What became of changes; of those that failed none is made. */
public sealed interface Written {

    /** They are made, and survive the process. */
    record Done() implements Written {}

    /** The disk is full. */
    record Full(String detail) implements Written {}

    /** The disk or the database failed. */
    record Failed(String detail) implements Written {}
}
