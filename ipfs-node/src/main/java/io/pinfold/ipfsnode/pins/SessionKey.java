package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.multiformats.Bytes;
import java.nio.ByteBuffer;

/** The keys of rows that belong to a session: its number, for what is wanted the level, and the node. */
final class SessionKey {

    private static final int LEVEL_AT = Long.BYTES;
    private static final int WANTED_NODE_AT = LEVEL_AT + Integer.BYTES;

    private SessionKey() {}

    /** Of a node that the session wants, so many levels below its root; sessions that keep whole graphs have level 0 only. */
    static Bytes wanted(long session, int level, Bytes node) {
        byte[] head = ByteBuffer.allocate(WANTED_NODE_AT).putLong(session).putInt(level).array();
        return Bytes.copyOf(head).concat(node);
    }

    static int level(Bytes wanted) {
        return wanted.toBuffer().getInt(LEVEL_AT);
    }

    static Bytes wantedNode(Bytes wanted) {
        return wanted.slice(WANTED_NODE_AT, wanted.size());
    }

    /** Of a node that the session holds or has seen. */
    static Bytes node(long session, Bytes node) {
        return Keys.number(session).concat(node);
    }

    static Bytes nodeOf(Bytes key) {
        return key.slice(Long.BYTES, key.size());
    }
}
