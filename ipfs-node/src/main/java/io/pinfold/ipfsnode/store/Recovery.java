package io.pinfold.ipfsnode.store;

import io.pinfold.ipfsnode.Blockstore.Stored;
import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Edits;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multibase;
import io.pinfold.multiformats.Multihash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the index right again after parts of it were lost: finds the files that it forgot, forgets what is gone, and sums up anew. */
final class Recovery {

    private static final int PAGE = 1_024;

    private final Database database;
    private final Index index;
    private final BlockFiles files;
    private final Path folder;

    Recovery(Database database, Index index, BlockFiles files, Path folder) {
        this.database = database;
        this.index = index;
        this.files = files;
        this.folder = folder;
    }

    /** Does it; the sums are written in the end. */
    void run() throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                    remember(path);
                }
            }
        }
        List<Row> rows = database.page(Table.BLOCKS, Bytes.EMPTY, PAGE);
        while (!rows.isEmpty()) {
            rows.forEach(this::check);
            rows = database.page(Table.BLOCKS, Keys.after(rows.getLast().key()), PAGE);
        }
        sumUp();
    }

    private void sumUp() {
        long blocks = 0;
        long bytes = 0;
        List<Stored> page = index.page(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            blocks += page.size();
            bytes += page.stream().mapToLong(Stored::size).sum();
            page = index.page(Optional.of(page.getLast().hash()), PAGE);
        }
        Edits edits = new Edits();
        Usage wrong = new Sums(database).usage();
        Sums.add(edits, new Usage(blocks - wrong.blocks(), bytes - wrong.bytes()));
        database.write(edits);
    }

    /** Forgets a small block whose data is gone. */
    private void check(Row row) {
        if (Entry.decode(row.value()).place() == Place.ROW && database.get(Table.DATA, row.key()).isEmpty()) {
            database.write(new Edits().delete(Table.BLOCKS, row.key()));
        }
    }

    /** Takes a file that the index does not know back if it is whole, and deletes it otherwise. */
    private void remember(Path path) throws IOException {
        Bytes key = Multibase.BASE32.decodeBare(path.getFileName().toString()).orElseThrow();
        if (index.find(key).filter(entry -> entry.place() == Place.FILE).isPresent()) {
            return;
        }
        int size = Math.toIntExact(Files.size(path));
        Optional<Bytes> data = files.read(key, size);
        if (data.isPresent() && Multihash.decode(key).orElseThrow().verifies(data.get())) {
            database.write(new Edits().put(Table.BLOCKS, key, Entry.of(Place.FILE, data.get()).encode()));
        } else {
            Files.delete(path);
        }
    }
}
