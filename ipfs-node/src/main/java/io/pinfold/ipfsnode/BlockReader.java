package io.pinfold.ipfsnode;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.OptionalInt;

/**
 * Blocks that are here, by CID; two CIDs with one multihash name one block.
 *
 * <p>Calls may come from any number of threads, block for the disk at most, and see every block whose storing was
 * acknowledged before. Identity CIDs are always here.
 */
public interface BlockReader {

    /** Whether the block is here; answers without reading its data. */
    boolean has(Cid cid);

    /** The size of the block in bytes, without reading its data; empty if it is not here. */
    OptionalInt size(Cid cid);

    /** The block's data, compared with what was stored, or why there is none. */
    Found find(Cid cid);

    /** What became of a look for a block. */
    sealed interface Found {

        /** The block is here and is what was stored. */
        record Present(Bytes data) implements Found {}

        /** It is not here. */
        record Absent() implements Found {}

        /** What is here is not what was stored; it is not here any more by the time this is said, and wants fetching. */
        record Damaged(String detail) implements Found {}
    }
}
