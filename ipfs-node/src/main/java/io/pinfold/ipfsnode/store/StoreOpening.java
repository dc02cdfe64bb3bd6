package io.pinfold.ipfsnode.store;

/** What became of opening a blockstore. */
public sealed interface StoreOpening {

    /** It is open; its opener closes it. */
    record Open(DiskBlockstore store) implements StoreOpening {}

    /** Another node, of this process or another, has the folder. */
    record Locked() implements StoreOpening {}

    /**
     * It cannot be opened.
     *
     * @param damaged whether its files are not as they were written
     */
    record Failed(String detail, boolean damaged) implements StoreOpening {}
}
