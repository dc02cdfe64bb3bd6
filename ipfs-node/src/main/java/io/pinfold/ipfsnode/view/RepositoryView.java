package io.pinfold.ipfsnode.view;

import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.pins.CollectionOutcome;
import io.pinfold.ipfsnode.pins.Verification;
import java.nio.file.Path;

/** What a node stores. */
public interface RepositoryView {

    /** Where. */
    Path folder();

    /** How many blocks, and how many bytes of data. */
    Usage usage();

    /** Bytes that count against the bound at present. */
    long used();

    /** The bound, in bytes. */
    long max();

    /**
     * Removes all blocks that nothing keeps, and returns when that is done, cannot be done at
     * present, or the thread is interrupted.
     */
    CollectionOutcome collect();

    /** Compares every block with its hash, and every kept node with what is here; {@code each} gets to know what is wrong. */
    Verification verify(Verification.Watcher each);
}
