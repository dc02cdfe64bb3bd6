package io.pinfold.ipfsnode;

import io.pinfold.multiformats.Cid;
import java.util.OptionalInt;

/** Blocks of which there are none. */
public enum NoBlocks implements BlockReader {
    /** The only one. */
    INSTANCE;

    @Override
    public boolean has(Cid cid) {
        return false;
    }

    @Override
    public OptionalInt size(Cid cid) {
        return OptionalInt.empty();
    }

    @Override
    public Found find(Cid cid) {
        return new Found.Absent();
    }
}
