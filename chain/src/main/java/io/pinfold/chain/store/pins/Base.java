package io.pinfold.chain.store.pins;

import io.pinfold.chain.core.StateMark;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** An immutable pinset as it was after one block. */
interface Base {

    /** The block. */
    StateMark mark();

    /** Number of pins. */
    long count();

    /** Bytes on disk. */
    long bytes();

    /** The value of {@code key}, or null. */
    byte @Nullable [] get(byte[] key);

    /** All pins in the order of keys; from behind {@code after}, unless that is null. */
    Iterator<RawPin> iterator(byte @Nullable [] after);

    /** Keeps the base open until {@link #release}; false if it has been closed. */
    boolean acquire();

    /** Takes back one {@link #acquire}, or the ownership that its maker had; the last one closes the base. */
    void release();
}
