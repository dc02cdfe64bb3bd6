package io.pinfold.ipfs.unixfs;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;

/**
 * The message in the data field of a DAG-PB node of a file: its type, and the bytes it holds itself.
 *
 * <p>Fields are those of the UnixFS specification: 1 type, 2 data, 3 file size, 4 block sizes, 5 hash type, 6 fan-out, 7 mode,
 * 8 time. Sizes are claims, so they are passed over: what counts is what arrives.
 */
record UnixFsNode(Type type, Bytes data) {

    /** The types of the specification, in the order of their numbers. */
    enum Type {
        /** A leaf of a file, of old. */
        RAW,
        /** A folder. */
        DIRECTORY,
        /** A file or a part of one. */
        FILE,
        /** Never used. */
        METADATA,
        /** A symbolic link. */
        SYMLINK,
        /** A folder in shards. */
        HAMT_SHARD
    }

    private static final int MAX_BYTES = 2 << 20;
    private static final int MAX_FIELDS = 1 << 17;
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;

    /** The message that {@code bytes} are, wholly. */
    static Decoded<UnixFsNode> decode(Bytes bytes) {
        return Decoded.attempt(() -> read(new ByteReader(bytes)));
    }

    private static UnixFsNode read(ByteReader in) throws RefusalException {
        long type = -1;
        Bytes data = Bytes.EMPTY;
        for (int fields = 0; in.remaining() > 0; fields++) {
            if (fields == MAX_FIELDS) {
                throw new RefusalException(Kind.TOO_MANY, "more than " + MAX_FIELDS + " fields");
            }
            long tag = in.readVarint();
            if (tag == (1 << 3 | VARINT)) {
                type = in.readVarint();
            } else if (tag == (2 << 3 | LENGTH)) {
                data = in.readPrefixed(MAX_BYTES);
            } else {
                skip(in, (int) (tag & 7));
            }
        }
        if (type < 0 || type >= Type.values().length) {
            throw new RefusalException(Kind.MALFORMED, "no known type of UnixFS node");
        }
        return new UnixFsNode(Type.values()[(int) type], data);
    }

    private static void skip(ByteReader in, int wireType) throws RefusalException {
        switch (wireType) {
            case VARINT -> in.readVarint();
            case LENGTH -> in.readPrefixed(MAX_BYTES);
            case FIXED_64 -> skipBytes(in, 8);
            case FIXED_32 -> skipBytes(in, 4);
            default -> throw new RefusalException(Kind.MALFORMED, "wire type " + wireType + " in a UnixFS node");
        }
    }

    private static void skipBytes(ByteReader in, int count) throws RefusalException {
        for (int i = 0; i < count; i++) {
            in.readByte();
        }
    }
}
