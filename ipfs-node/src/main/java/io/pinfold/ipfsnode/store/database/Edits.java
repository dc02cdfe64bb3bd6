package io.pinfold.ipfsnode.store.database;

import io.pinfold.multiformats.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Changes that are to be made together; later ones of a row win. For one thread. */
public final class Edits {

    private final List<Edit> edits = new ArrayList<>();

    /** Sets a row. */
    public Edits put(Table table, Bytes key, Bytes value) {
        edits.add(new Edit.Put(table, key, value));
        return this;
    }

    /** Deletes a row, which need not be there. */
    public Edits delete(Table table, Bytes key) {
        edits.add(new Edit.Delete(table, key));
        return this;
    }

    /** Deletes every row whose key begins with {@code prefix}, which is not empty and not all 0xff. */
    public Edits deleteAll(Table table, Bytes prefix) {
        edits.add(new Edit.DeleteRange(table, prefix, Keys.behind(prefix)));
        return this;
    }

    /** Deletes every row of a table, but for those whose keys begin with 16 bytes of 0xff. */
    public Edits clear(Table table) {
        byte[] end = new byte[16];
        Arrays.fill(end, (byte) 0xff);
        edits.add(new Edit.DeleteRange(table, Bytes.EMPTY, Bytes.copyOf(end)));
        return this;
    }

    /** Adds to a sum in {@link Table#COUNTERS}. */
    public Edits add(Bytes counter, long delta) {
        if (delta != 0) {
            edits.add(new Edit.Add(Table.COUNTERS, counter, delta));
        }
        return this;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return edits.isEmpty();
    }

    List<Edit> list() {
        return edits;
    }
}
