package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;

/**
 * What is known of a node that is kept or wanted; two varints on disk.
 *
 * @param count of what refers to it, above 0 in every row
 * @param owner the session that unfolded it, {@link #FOLDED} if none has
 */
record Node(long count, long owner) {

    /** No session has this number. */
    static final long FOLDED = 0;

    /** One that nothing refers to. */
    static final Node NEW = new Node(0, FOLDED);

    Node plus(long more) {
        return new Node(Math.addExact(count, more), owner);
    }

    Node unfoldedBy(long session) {
        return new Node(count, session);
    }

    boolean isUnfolded() {
        return owner != FOLDED;
    }

    Bytes encode() {
        byte[] row = new byte[Varint.sizeOf(count) + Varint.sizeOf(owner)];
        Varint.put(row, Varint.put(row, 0, count), owner);
        return Bytes.copyOf(row);
    }

    static Node decode(Bytes row) {
        try {
            ByteReader in = new ByteReader(row);
            Node node = new Node(in.readVarint(), in.readVarint());
            in.expectEnd();
            return node;
        } catch (RefusalException e) {
            throw new IllegalStateException("a node row that was never written: " + row, e);
        }
    }
}
