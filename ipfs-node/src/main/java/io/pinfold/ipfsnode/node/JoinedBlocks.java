package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.multiformats.Cid;
import java.util.OptionalInt;

/** The blocks of two readers; what is in the first is not looked for in the second. */
record JoinedBlocks(BlockReader first, BlockReader second) implements BlockReader {

    @Override
    public boolean has(Cid cid) {
        return first.has(cid) || second.has(cid);
    }

    @Override
    public OptionalInt size(Cid cid) {
        OptionalInt size = first.size(cid);
        return size.isPresent() ? size : second.size(cid);
    }

    @Override
    public Found find(Cid cid) {
        Found found = first.find(cid);
        if (found instanceof Found.Present) {
            return found;
        }
        Found other = second.find(cid);
        return other instanceof Found.Absent ? found : other;
    }
}
