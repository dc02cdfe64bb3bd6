package io.pinfold.ipfsnode.store;

import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Edits;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.ipfsnode.store.database.Written;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Stores blocks that are claimed: notes which files will be, writes them, and then makes all rows at once.
 *
 * <p>After a crash the notes tell which files have no row and are to be deleted.
 */
final class Storing {

    private final Database database;
    private final Index index;
    private final BlockFiles files;
    private final Sums sums;
    private final Room room;
    private final int fileSize;

    Storing(Database database, Index index, BlockFiles files, Sums sums, Room room, int fileSize) {
        this.database = database;
        this.index = index;
        this.files = files;
        this.sums = sums;
        this.room = room;
        this.fileSize = fileSize;
    }

    /** Stores those of {@code blocks} that are not here. */
    Put store(Map<Multihash, Bytes> blocks) {
        List<Fresh> fresh = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<Multihash, Bytes> block : blocks.entrySet()) {
            Bytes key = block.getKey().toBytes();
            if (index.find(key).isEmpty()) {
                fresh.add(new Fresh(key, block.getValue()));
                bytes += block.getValue().size();
            }
        }
        if (fresh.isEmpty()) {
            return new Put.Stored(0);
        }
        return room.has(bytes) ? storeFresh(fresh, bytes) : new Put.Full(room.toString());
    }

    private Put storeFresh(List<Fresh> fresh, long bytes) {
        List<Fresh> large = fresh.stream().filter(this::isLarge).toList();
        if (!large.isEmpty()) {
            Edits notes = new Edits();
            large.forEach(block -> notes.put(Table.FILES, block.key(), Bytes.EMPTY));
            Written noted = database.write(notes);
            if (!(noted instanceof Written.Done)) {
                return failure(noted);
            }
        }
        try {
            for (Fresh block : large) {
                files.write(block.key(), block.data());
            }
        } catch (IOException e) {
            large.forEach(this::giveUp);
            return room.isFor(bytes) ? new Put.Failed(e.toString()) : new Put.Full(e.toString());
        }
        return writeRows(fresh, new Usage(fresh.size(), bytes));
    }

    private Put writeRows(List<Fresh> fresh, Usage change) {
        Edits rows = new Edits();
        for (Fresh block : fresh) {
            rows.put(Table.BLOCKS, block.key(), Entry.of(place(block), block.data()).encode());
            if (isLarge(block)) {
                rows.delete(Table.FILES, block.key());
            } else {
                rows.put(Table.DATA, block.key(), block.data());
            }
        }
        Sums.add(rows, change);
        Written written = database.write(rows);
        if (written instanceof Written.Done) {
            sums.made(change);
            return new Put.Stored(change.bytes());
        }
        fresh.stream().filter(this::isLarge).forEach(this::giveUp);
        return failure(written);
    }

    /** Makes room again; the note that stays is dealt with at the next start. */
    private void giveUp(Fresh block) {
        try {
            files.delete(block.key());
        } catch (IOException e) {
            // the note leads the next start to it
        }
    }

    private static Put failure(Written written) {
        return switch (written) {
            case Written.Full(String detail) -> new Put.Full(detail);
            case Written.Failed(String detail) -> new Put.Failed(detail);
            case Written.Done() -> throw new IllegalArgumentException("no failure");
        };
    }

    private Place place(Fresh block) {
        return isLarge(block) ? Place.FILE : Place.ROW;
    }

    private boolean isLarge(Fresh block) {
        return block.data().size() >= fileSize;
    }

    private record Fresh(Bytes key, Bytes data) {}
}
