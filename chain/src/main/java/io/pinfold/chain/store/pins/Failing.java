package io.pinfold.chain.store.pins;

import java.io.IOException;
import org.mapdb.DBException;

/** Turns what MapDB throws when a disk is full or fails into an {@link IOException}. */
final class Failing {

    /** Work with MapDB. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    private Failing() {}

    static <T> T asIoException(Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (DBException | IndexOutOfBoundsException | InternalError e) {
            throw new IOException(e);
        }
    }
}
