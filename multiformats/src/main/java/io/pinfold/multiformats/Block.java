package io.pinfold.multiformats;

/**
 * Bytes and the CID that names them.
 *
 * <p>Whether the two belong together is not promised: what came from elsewhere goes through {@link #isGenuine} first.
 */
public record Block(Cid cid, Bytes data) {

    /** The largest block that is exchanged with other peers, in bytes (2 MiB, the bound that Bitswap 1.2 recommends). */
    public static final int MAX_SIZE = 2 << 20;

    /** Whether the data has the CID's hash; no for hash functions that we cannot compute. */
    public boolean isGenuine() {
        return cid.hash().verifies(data);
    }
}
