package io.pinfold.ipfsnode.view;

import io.pinfold.ipfs.Answer;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.function.Consumer;

/** Single blocks. */
public interface BlockView {

    /** A block's data, its hash compared. */
    Answer<Bytes> get(Cid cid, Reach reach);

    /** The size of a block, in bytes; its data is not read if it is here. */
    Answer<Integer> size(Cid cid, Reach reach);

    /** Whether a block is here. */
    boolean has(Cid cid);

    /** Hands every block that is stored to {@code each}, as if it were raw: codecs are not known; those that come or go meanwhile may be missed. */
    void forEach(Consumer<Cid> each);
}
