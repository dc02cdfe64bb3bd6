package io.pinfold.ipfsnode.store.database;

/** What became of opening a database. */
public sealed interface Opening {

    /** It is open. */
    record Open(Database database) implements Opening {}

    /** Another store, of this process or another, has the folder. */
    record Locked() implements Opening {}

    /** It cannot be opened. */
    record Failed(String detail, boolean damaged) implements Opening {}
}
