package io.pinfold.follower.tracker.reconcile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Where a sorter puts what does not fit into memory: numbered files, each written once and read once. */
interface Spill {

    /** A new file. */
    OutputStream create(int number) throws IOException;

    /** The content of a file. */
    InputStream open(int number) throws IOException;

    /** Removes a file, if it exists. */
    void delete(int number) throws IOException;
}
