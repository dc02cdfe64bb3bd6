package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.Blockstore.Usage;
import java.util.HashMap;
import java.util.Map;

/**
 * The bound of what is stored: the data of all blocks, {@value #PER_BLOCK} bytes for each block, and what sessions are about
 * to store.
 *
 * <p>Room is given to a session before it stores, and is taken back when the store counts what it stored: so the bound holds
 * however many store at once.
 */
public final class Budget {

    /** What index, references and the file system take for a block, in bytes, measured generously. */
    public static final int PER_BLOCK = 256;

    private final Blockstore store;
    private final long max;
    private final Map<Long, Long> promised = new HashMap<>();

    /**
     * A bound for this store.
     *
     * @param max in bytes
     */
    public Budget(Blockstore store, long max) {
        if (max < 0) {
            throw new IllegalArgumentException("max_storage is not negative");
        }
        this.store = store;
        this.max = max;
    }

    /** Bytes that count at present. */
    public long used() {
        Usage usage = store.usage();
        return usage.bytes() + usage.blocks() * PER_BLOCK;
    }

    /** The bound, in bytes. */
    public long max() {
        return max;
    }

    /** Promises room for so many bytes in so many blocks instead of what was promised to the session before; false if there is none. */
    synchronized boolean promise(long session, long bytes, int blocks) {
        promised.remove(session);
        long wanted = bytes + (long) blocks * PER_BLOCK;
        long others = promised.values().stream().mapToLong(Long::longValue).sum();
        if (wanted > max - others - used()) {
            return false;
        }
        promised.put(session, wanted);
        return true;
    }

    /** What was promised to the session is stored, or will not be. */
    synchronized void settle(long session) {
        promised.remove(session);
    }
}
