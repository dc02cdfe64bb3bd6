package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;

/**
 * The names of nodes in tables: multihash, kind, codec. All nodes of one block are neighbours, and no multihash is the
 * beginning of another.
 */
final class NodeKey {

    /** Kept with all below it. */
    private static final int WHOLE = 1;
    /** Kept by itself. */
    private static final int BARE = 2;

    private NodeKey() {}

    /** The node that is kept with all below it. */
    static Bytes whole(Cid cid) {
        return of(cid, WHOLE);
    }

    /** The node that is kept by itself. */
    static Bytes bare(Cid cid) {
        return of(cid, BARE);
    }

    /** Whether the node is kept with all below it. */
    static boolean isWhole(Bytes key) {
        return key.equals(whole(cid(key)));
    }

    private static Bytes of(Cid cid, int kind) {
        byte[] end = new byte[1 + Varint.sizeOf(cid.codec())];
        end[0] = (byte) kind;
        Varint.put(end, 1, cid.codec());
        return cid.hash().toBytes().concat(Bytes.copyOf(end));
    }

    /** The CID, of version 1. */
    static Cid cid(Bytes key) {
        try {
            ByteReader in = new ByteReader(key);
            Multihash hash = Multihash.read(in);
            in.readByte();
            Cid cid = Cid.v1(in.readVarint(), hash);
            in.expectEnd();
            return cid;
        } catch (RefusalException e) {
            throw new IllegalStateException("a node that was never written: " + key, e);
        }
    }
}
