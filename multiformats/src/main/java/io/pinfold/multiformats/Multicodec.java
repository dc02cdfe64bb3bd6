package io.pinfold.multiformats;

/** Codes of the multicodec table that this program knows. */
public final class Multicodec {

    /** CBOR without links. */
    public static final long CBOR = 0x51;
    /** Bytes without structure. */
    public static final long RAW = 0x55;
    /** MerkleDAG protobuf. */
    public static final long DAG_PB = 0x70;
    /** MerkleDAG CBOR. */
    public static final long DAG_CBOR = 0x71;
    /** A libp2p public key, in peer ids and IPNS names. */
    public static final long LIBP2P_KEY = 0x72;
    /** MerkleDAG JSON. */
    public static final long DAG_JSON = 0x0129;
    /** JSON without links. */
    public static final long JSON = 0x0200;

    /** The data itself in the place of a digest. */
    public static final long IDENTITY = 0x00;
    /** SHA2-256, 32 bytes. */
    public static final long SHA2_256 = 0x12;
    /** SHA2-512, 64 bytes. */
    public static final long SHA2_512 = 0x13;
    /** BLAKE3, 32 bytes by default. */
    public static final long BLAKE3 = 0x1e;
    /** BLAKE2b, 32 bytes. */
    public static final long BLAKE2B_256 = 0xb220;

    private Multicodec() {}
}
