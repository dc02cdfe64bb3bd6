package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Bytes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A queue on disk, of lists of keys, first in first out; the end of a taken entry is part of the taker's transaction. */
final class DiskQueue {

    private final Database database;
    private final Transaction transaction;
    private final Table table;

    /** Nothing is on disk below it: spares looking through what was deleted. */
    private long head;
    private long tail;

    DiskQueue(Database database, Transaction transaction, Table table) {
        this.database = database;
        this.transaction = transaction;
        this.table = table;
        reload();
    }

    /** Forgets what is not on disk. */
    void reload() {
        List<Row> first = database.page(table, Bytes.EMPTY, 1);
        head = first.isEmpty() ? 0 : Keys.number(first.getFirst().key());
        tail = database.last(table).map(row -> Keys.number(row.key()) + 1).orElse(0L);
    }

    /** Adds an entry at the end. */
    void add(Collection<Bytes> keys) {
        transaction.put(table, Keys.number(tail), Rows.encode(keys));
        tail++;
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** The first entry that is on disk, having written what is not; to be {@linkplain #taken taken} then. */
    Optional<List<Bytes>> first() {
        if (isEmpty()) {
            return Optional.empty();
        }
        transaction.commit();
        return database.get(table, Keys.number(head)).map(Rows::decodeKeys);
    }

    /** The first entry is dealt with. */
    void taken() {
        transaction.delete(table, Keys.number(head));
        head++;
    }
}
