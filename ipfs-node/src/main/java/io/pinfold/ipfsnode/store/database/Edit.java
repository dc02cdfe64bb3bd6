package io.pinfold.ipfsnode.store.database;

import io.pinfold.multiformats.Bytes;

/** One change of one row. */
sealed interface Edit {

    /** Whose row changes. */
    Table table();

    /** Which row changes. */
    Bytes key();

    /** The row gets this value. */
    record Put(Table table, Bytes key, Bytes value) implements Edit {}

    /** The row is there no more. */
    record Delete(Table table, Bytes key) implements Edit {}

    /** Every row from {@code key} on and below {@code end} is there no more. */
    record DeleteRange(Table table, Bytes key, Bytes end) implements Edit {}

    /** The number in the row grows by {@code delta}; a missing row counts as 0. */
    record Add(Table table, Bytes key, long delta) implements Edit {}
}
