package io.pinfold.ipfsnode.store;

import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.store.database.Database;
import io.pinfold.ipfsnode.store.database.Edits;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.multiformats.Bytes;

/** How much is stored, on disk changed together with what it counts. */
final class Sums {

    private static final Bytes BLOCKS = Keys.name("blocks");
    private static final Bytes BYTES = Keys.name("bytes");

    private long blocks;
    private long bytes;

    Sums(Database database) {
        blocks = database.sum(BLOCKS);
        bytes = database.sum(BYTES);
    }

    synchronized Usage usage() {
        return new Usage(blocks, bytes);
    }

    /** Adds the change to {@code edits}; {@link #made} is to follow when they are made. */
    static void add(Edits edits, Usage change) {
        edits.add(BLOCKS, change.blocks()).add(BYTES, change.bytes());
    }

    synchronized void made(Usage change) {
        blocks += change.blocks();
        bytes += change.bytes();
    }
}
