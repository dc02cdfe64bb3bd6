package io.pinfold.ipfsnode.store;

import io.pinfold.ipfsnode.Blockstore.Removal;
import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Edits;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.ipfsnode.store.database.Written;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes blocks that are claimed: first the rows, with a note of the files, then the files, then the notes. */
final class Removing {

    private static final Logger LOG = LoggerFactory.getLogger(Removing.class);

    private static final int PAGE = 1_024;

    private final Database database;
    private final Index index;
    private final BlockFiles files;
    private final Sums sums;

    Removing(Database database, Index index, BlockFiles files, Sums sums) {
        this.database = database;
        this.index = index;
        this.files = files;
        this.sums = sums;
    }

    /** Removes those that are here: all, or none when the database does not take it. */
    Removal remove(Collection<Multihash> hashes) {
        Edits rows = new Edits();
        List<Bytes> large = new ArrayList<>();
        long blocks = 0;
        long bytes = 0;
        for (Multihash hash : hashes) {
            Bytes key = hash.toBytes();
            Optional<Entry> entry = index.find(key);
            if (entry.isPresent()) {
                blocks++;
                bytes += entry.get().size();
                rows.delete(Table.BLOCKS, key);
                if (entry.get().place() == Place.FILE) {
                    large.add(key);
                    rows.put(Table.FILES, key, Bytes.EMPTY);
                } else {
                    rows.delete(Table.DATA, key);
                }
            }
        }
        Usage change = new Usage(-blocks, -bytes);
        Sums.add(rows, change);
        return switch (write(rows)) {
            case Written.Full(String detail) -> new Removal.Full(detail);
            case Written.Failed(String detail) -> new Removal.Failed(detail);
            case Written.Done() -> {
                sums.made(change);
                delete(large);
                yield new Removal.Removed(bytes);
            }
        };
    }

    /** Deletes the files that a crash left without a row; to be called before anything else. */
    void cleanUp() {
        List<Row> notes = database.page(Table.FILES, Bytes.EMPTY, PAGE);
        while (!notes.isEmpty()) {
            Edits known = new Edits();
            List<Bytes> strays = new ArrayList<>();
            for (Row note : notes) {
                if (index.find(note.key()).filter(entry -> entry.place() == Place.FILE).isPresent()) {
                    known.delete(Table.FILES, note.key());
                } else {
                    strays.add(note.key());
                }
            }
            delete(strays);
            write(known);
            notes = database.page(Table.FILES, Keys.after(notes.getLast().key()), PAGE);
        }
    }

    /** A file that cannot be deleted keeps its note, which leads the next start to it. */
    private void delete(List<Bytes> keys) {
        Edits notes = new Edits();
        for (Bytes key : keys) {
            try {
                files.delete(key);
                notes.delete(Table.FILES, key);
            } catch (IOException e) {
                LOG.warn("A removed block's file is still there", e);
            }
        }
        write(notes);
    }

    private Written write(Edits edits) {
        Written written = edits.isEmpty() ? new Written.Done() : database.write(edits);
        if (!(written instanceof Written.Done)) {
            LOG.warn("Blocks cannot be removed: {}", written);
        }
        return written;
    }
}
