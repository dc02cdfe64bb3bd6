package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Edits;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.ipfsnode.store.database.Written;
import io.pinfold.multiformats.Bytes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes that are seen by the one who makes them before they are written together. For one thread. */
final class Transaction {

    private final Database database;
    private final Map<Table, Map<Bytes, Optional<Bytes>>> changed = new EnumMap<>(Table.class);

    /** Changes of whole ranges and sums, which are not seen before they are written. */
    private Edits ranges = new Edits();
    private int size;
    private Runnable last = () -> {};

    Transaction(Database database) {
        this.database = database;
    }

    /** Has {@code last} put its changes here before each writing. */
    void beforeCommit(Runnable last) {
        this.last = last;
    }

    Optional<Bytes> get(Table table, Bytes key) {
        Optional<Bytes> here = changes(table).get(key);
        return here != null ? here : database.get(table, key);
    }

    boolean has(Table table, Bytes key) {
        return get(table, key).isPresent();
    }

    void put(Table table, Bytes key, Bytes value) {
        changes(table).put(key, Optional.of(value));
        size++;
    }

    void delete(Table table, Bytes key) {
        changes(table).put(key, Optional.empty());
        size++;
    }

    /** Deletes all rows with this prefix, those that are not written yet among them. */
    void deleteAll(Table table, Bytes prefix) {
        changes(table).keySet().removeIf(key -> key.startsWith(prefix));
        ranges.deleteAll(table, prefix);
    }

    /** Adds to a sum of the database. */
    void add(Bytes counter, long delta) {
        ranges.add(counter, delta);
    }

    /** Rows as they are on disk: writes what is changed first. */
    List<Row> page(Table table, Bytes prefix, Bytes from, int limit) {
        commit();
        return database.page(table, prefix, from, limit);
    }

    /** How many rows are changed. */
    int size() {
        return size;
    }

    /** Writes what is changed, all or nothing. */
    void commit() {
        last.run();
        Edits edits = ranges;
        changed.forEach((table, rows) -> rows.forEach((key, value) -> {
            if (value.isPresent()) {
                edits.put(table, key, value.get());
            } else {
                edits.delete(table, key);
            }
        }));
        forget();
        if (edits.isEmpty()) {
            return;
        }
        switch (database.write(edits)) {
            case Written.Done() -> {
            }
            case Written.Full(String detail) -> throw new TroubleException(detail, true);
            case Written.Failed(String detail) -> throw new TroubleException(detail, false);
        }
    }

    /** Drops what is changed. */
    void forget() {
        changed.clear();
        ranges = new Edits();
        size = 0;
    }

    private Map<Bytes, Optional<Bytes>> changes(Table table) {
        return changed.computeIfAbsent(table, _ -> new HashMap<>());
    }
}
