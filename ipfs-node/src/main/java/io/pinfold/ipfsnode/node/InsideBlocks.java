package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.view.BlockView;
import io.pinfold.ipfsnode.view.Reach;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The blocks that are here, and those that others have. */
record InsideBlocks(Blockstore store, BlockReader here, BlockWork work) implements BlockView {

    @Override
    public Answer<Bytes> get(Cid cid, Reach reach) {
        return switch (reach) {
            case Reach.Here() -> work.get(cid, Block.MAX_SIZE, Duration.ZERO, true);
            case Reach.Everywhere(Duration patience) -> work.get(cid, Block.MAX_SIZE, patience, false);
        };
    }

    @Override
    public Answer<Integer> size(Cid cid, Reach reach) {
        OptionalInt size = here.size(cid);
        return size.isPresent() ? new Answer.Got<>(size.getAsInt()) : get(cid, reach).map(Bytes::size);
    }

    @Override
    public boolean has(Cid cid) {
        return here.has(cid);
    }

    @Override
    public void forEach(Consumer<Cid> each) {
        store.forEach((hash, _) -> each.accept(Cid.v1(Multicodec.RAW, hash)));
    }

    /** The blocks within reach, as readers of graphs want them; the time counts from now, and the caller closes it. */
    Reading within(Reach reach) {
        return switch (reach) {
            case Reach.Here() -> work.local();
            case Reach.Everywhere(Duration patience) -> work.reading(patience);
        };
    }
}
