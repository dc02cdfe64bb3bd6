package io.pinfold.ipfs.testing;

/** What a node in memory can be asked to do, and made to fail at. */
public enum Operation {
    /** {@link io.pinfold.ipfs.PinTarget#pin}. */
    PIN,
    /** {@link io.pinfold.ipfs.PinTarget#unpin}. */
    UNPIN,
    /** {@link io.pinfold.ipfs.PinTarget#status}. */
    STATUS,
    /** {@link io.pinfold.ipfs.PinTarget#list}. */
    LIST,
    /** Identity and repository size. */
    INFO,
    /** Storing and fetching blocks and files. */
    CONTENT,
    /** Publishing and resolving names. */
    NAMES,
    /** Connecting to other nodes. */
    CONNECT
}
