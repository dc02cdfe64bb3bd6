package io.pinfold.ipfsnode.store;

import io.pinfold.ipfsnode.Blockstore.Stored;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;
import java.util.List;
import java.util.Optional;

/** Which blocks are here, and where; a row that is damaged stands for a block that is not here. */
final class Index {

    private final Database database;

    Index(Database database) {
        this.database = database;
    }

    Optional<Entry> find(Bytes key) {
        return database.get(Table.BLOCKS, key).map(Entry::decode);
    }

    List<Stored> page(Optional<Multihash> after, int limit) {
        Bytes from = after.map(hash -> Keys.after(hash.toBytes())).orElse(Bytes.EMPTY);
        return database.page(Table.BLOCKS, from, limit)
                .stream()
                .map(row -> new Stored(Multihash.decode(row.key()).orElseThrow(), Entry.decode(row.value()).size()))
                .toList();
    }
}
