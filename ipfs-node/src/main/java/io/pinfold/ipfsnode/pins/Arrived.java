package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.function.Function;

/**
 * A node whose block is here.
 *
 * @param level how far below the root it is wanted; 0 where whole graphs are kept
 * @param links the nodes that it links to, of the same kind
 * @param size of the block, in bytes
 */
record Arrived(Bytes key, int level, List<Bytes> links, int size) {

    static Arrived whole(Cid cid, List<Cid> links, int size) {
        return of(cid, 0, links, size, NodeKey::whole);
    }

    static Arrived bare(Cid cid, int level, List<Cid> links, int size) {
        return of(cid, level, links, size, NodeKey::bare);
    }

    private static Arrived of(Cid cid, int level, List<Cid> links, int size, Function<Cid, Bytes> key) {
        return new Arrived(key.apply(cid), level, links.stream().map(key).toList(), size);
    }
}
