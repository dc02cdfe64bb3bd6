package io.pinfold.follower.tracker.reconcile;

import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Keys in ascending order, none twice, read one by one. */
interface SortedKeys extends AutoCloseable {

    /** The next key, or null at the end. */
    @Nullable
    Bytes next() throws IOException;

    @Override
    void close() throws IOException;
}
