package io.pinfold.ipfsnode.bitswap.wire;

/** Numbers of fields and values in Bitswap's protobuf messages. */
final class Fields {

    static final int WANTLIST = 1;
    static final int BLOCKS = 2;
    static final int PAYLOAD = 3;
    static final int PRESENCES = 4;
    static final int PENDING_BYTES = 5;

    static final int ENTRIES = 1;
    static final int FULL = 2;

    static final int ENTRY_CID = 1;
    static final int ENTRY_PRIORITY = 2;
    static final int ENTRY_CANCEL = 3;
    static final int ENTRY_TYPE = 4;
    static final int ENTRY_SEND_DONT_HAVE = 5;
    static final int TYPE_BLOCK = 0;
    static final int TYPE_HAVE = 1;

    static final int BLOCK_PREFIX = 1;
    static final int BLOCK_DATA = 2;

    static final int PRESENCE_CID = 1;
    static final int PRESENCE_TYPE = 2;
    static final int PRESENCE_HAVE = 0;
    static final int PRESENCE_DONT_HAVE = 1;

    private Fields() {}
}
