package io.pinfold.ipfsnode.store.database;

import java.nio.charset.StandardCharsets;

/** A table and what its rows are; each is a column family of its own, named in the file by {@link #id}. */
public enum Table {

    /** Multihash to where a block is and how large. */
    BLOCKS("blocks"),
    /** Multihash to the data of a small block. */
    DATA("data"),
    /** Multihashes of files that are being written or deleted. */
    FILES("files"),
    /** Names of sums, to which numbers are added. */
    COUNTERS("counters"),
    /** CID to a finished pin. */
    PINS("pins"),
    /** Number to a pin or import under way. */
    SESSIONS("sessions"),
    /** Node of a kept graph to how often it is referred to. */
    NODES("nodes"),
    /** Node of a kept graph to the nodes that it links to. */
    LINKS("links"),
    /** Session and node that it still wants. */
    WANTED("wanted"),
    /** Session or pin and node that it holds by itself. */
    HOLDS("holds"),
    /** Session and node that it has passed although another session unfolded it. */
    SEEN("seen"),
    /** Queue of lists of nodes that count one less. */
    RELEASES("releases"),
    /** Sessions and pins whose holds are to be dropped. */
    ENDED("ended"),
    /** Queue of lists of multihashes whose blocks may have lost their last reference. */
    DOOMED("doomed");

    private final String id;

    Table(String id) {
        this.id = id;
    }

    byte[] id() {
        return id.getBytes(StandardCharsets.US_ASCII);
    }
}
