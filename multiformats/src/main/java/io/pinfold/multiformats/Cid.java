package io.pinfold.multiformats;

/**
 * A content identifier: the hash of a block and the codec that its bytes are in.
 *
 * <p>Version 0 is a bare SHA2-256 multihash and means DAG-PB; version 1 names its codec. CIDs of different versions are
 * different values, also when they name one block.
 *
 * @param codec see {@link Multicodec}; unknown ones are carried as they are
 */
public record Cid(int version, long codec, Multihash hash) implements Comparable<Cid> {

    /** The greatest number of bytes of a CID: four varints and a digest. */
    public static final int MAX_BYTES = 1 + 2 * Varint.MAX_SIZE + 2 + Multihash.MAX_DIGEST;

    /** The greatest number of characters of a printed CID, that of base16. */
    public static final int MAX_TEXT = 1 + 2 * MAX_BYTES;

    private static final int V0_TEXT = 46;

    /**
     * Checks that version, codec and hash go together.
     *
     * @throws IllegalArgumentException if they do not
     */
    public Cid {
        if (codec < 0) {
            throw new IllegalArgumentException("codec is negative");
        }
        if (version == 0 ? codec != Multicodec.DAG_PB || hash.code() != Multicodec.SHA2_256 : version != 1) {
            throw new IllegalArgumentException(
                    "no CID of version " + version + " with codec 0x" + Long.toHexString(codec)
                            + " and hash " + hash);
        }
    }

    /** The version 1 CID of {@code codec} and {@code hash}. */
    public static Cid v1(long codec, Multihash hash) {
        return new Cid(1, codec, hash);
    }

    /** The version 0 CID of {@code hash}, which must be SHA2-256. */
    public static Cid v0(Multihash hash) {
        return new Cid(0, Multicodec.DAG_PB, hash);
    }

    /** The version 1 CID, with SHA2-256, of the DAG-CBOR block {@code block}. */
    public static Cid dagCbor(Bytes block) {
        return v1(Multicodec.DAG_CBOR, Multihash.sha256(block));
    }

    /** The version 1 CID, with SHA2-256, of the raw block {@code block}. */
    public static Cid raw(Bytes block) {
        return v1(Multicodec.RAW, Multihash.sha256(block));
    }

    /** The CID that {@code text} spells: version 0 in bare base58btc, version 1 in any {@link Multibase}. */
    public static Decoded<Cid> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Decoded.refused(Refusal.Kind.TOO_LONG,
                    "CID of " + text.length() + " characters, at most " + MAX_TEXT + " allowed");
        }
        if (text.length() == V0_TEXT && text.startsWith("Qm")) {
            return Multibase.BASE58_BTC.decodeBare(text).flatMap(Cid::decode);
        }
        return Multibase.decode(text)
                .flatMap(Cid::decode)
                .flatMap(cid -> cid.version == 1
                        ? Decoded.ok(cid)
                        : Decoded.refused(Refusal.Kind.NOT_CANONICAL, "a version 0 CID has no multibase prefix"));
    }

    /** The CID that {@code bytes} are, wholly. */
    public static Decoded<Cid> decode(Bytes bytes) {
        return Decoded.attempt(() -> {
            ByteReader in = new ByteReader(bytes);
            Cid cid = read(in);
            in.expectEnd();
            return cid;
        });
    }

    /** Takes a CID from {@code in}. */
    public static Cid read(ByteReader in) throws RefusalException {
        if (in.startsWith(0x12, 0x20)) {
            return v0(Multihash.read(in));
        }
        long version = in.readVarint();
        if (version != 1) {
            throw new RefusalException(Refusal.Kind.UNSUPPORTED, "unknown CID version " + version);
        }
        long codec = in.readVarint();
        return v1(codec, Multihash.read(in));
    }

    /** The binary form; its unsigned lexicographic order is the order of CIDs. */
    public Bytes toBytes() {
        if (version == 0) {
            return hash.toBytes();
        }
        return hash.putTo(new BytesBuilder(size()).put(1).putVarint(codec)).build();
    }

    /** Number of bytes of the binary form. */
    public int size() {
        return version == 0 ? hash.size() : 1 + Varint.sizeOf(codec) + hash.size();
    }

    /** The version 1 CID of the same codec and hash. */
    public Cid toV1() {
        return version == 1 ? this : v1(codec, hash);
    }

    /** The usual spelling: bare base58btc for version 0, base32 for version 1. */
    @Override
    public String toString() {
        return version == 0 ? Multibase.BASE58_BTC.encodeBare(toBytes()) : toString(Multibase.BASE32);
    }

    /**
     * The spelling in {@code base}.
     *
     * @throws IllegalArgumentException for a version 0 CID, which has one spelling only
     */
    public String toString(Multibase base) {
        if (version == 0) {
            throw new IllegalArgumentException("a version 0 CID has no multibase prefix");
        }
        return base.encode(toBytes());
    }

    @Override
    public int compareTo(Cid other) {
        return toBytes().compareTo(other.toBytes());
    }
}
