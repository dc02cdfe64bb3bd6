package io.pinfold.chain;

import io.pinfold.chain.core.Limits;
import io.pinfold.multiformats.Cid;
import java.util.List;

/** What one peer asks another for in {@code chain.range}. */
public sealed interface BlocksRequest {

    /** The greatest number of CIDs in a request. */
    int MAX_CIDS = 16;
    /** The greatest number of blocks of the branch in an answer; those that they merge come on top. */
    int MAX_COUNT = 2048;
    /** The greatest number of blocks in an answer, merged ones included. */
    int MAX_BLOCKS = 4096;
    /** The size, in bytes, at which an answer ends, once it has one block of the branch. */
    int MAX_BYTES = 4 << 20;

    /**
     * Blocks of the branch that ends in {@code tip}, ascending, each after those that it merges and that are not on the
     * branch.
     *
     * @param tip the block that names the branch
     * @param from the height of the first block, from 1
     * @param count the greatest number of blocks of the branch, 1 to {@link #MAX_COUNT}
     */
    record Range(Cid tip, long from, int count) implements BlocksRequest {

        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if one is broken
         */
        public Range {
            if (from < 1 || from > Limits.MAX_NUMBER || count < 1 || count > MAX_COUNT) {
                throw new IllegalArgumentException(count + " blocks from height " + from);
            }
        }
    }

    /** Those of the blocks {@code cids} that are there, of any branch. */
    record ByCid(List<Cid> cids) implements BlocksRequest {

        /**
         * Copies the list and checks its size.
         *
         * @throws IllegalArgumentException if it is empty or has more than {@link #MAX_CIDS} CIDs
         */
        public ByCid {
            cids = List.copyOf(cids);
            if (cids.isEmpty() || cids.size() > MAX_CIDS) {
                throw new IllegalArgumentException(cids.size() + " CIDs");
            }
        }
    }
}
