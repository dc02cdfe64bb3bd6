package io.pinfold.ipfsnode.bitswap.wire;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;

/** A CID without its digest: version, codec, hash function and digest size, each a varint. */
record CidPrefix(long version, long codec, long hash, long digestSize) {

    /** The prefix of blocks in version 1.0.0 of the protocol. */
    static final CidPrefix V0 = new CidPrefix(0, Multicodec.DAG_PB, Multicodec.SHA2_256, 32);

    /** The greatest size of a prefix, in bytes. */
    static final int MAX_SIZE = 4 * Varint.MAX_SIZE;

    static CidPrefix of(Cid cid) {
        return new CidPrefix(cid.version(), cid.codec(), cid.hash().code(), cid.hash().digest().size());
    }

    /** Reads a prefix, refusing versions that there are not and hash functions that we cannot compute. */
    static CidPrefix decode(Bytes bytes) throws RefusalException {
        if (bytes.size() > MAX_SIZE) {
            throw new RefusalException(Kind.TOO_LONG, "CID prefix of " + bytes.size() + " bytes");
        }
        ByteReader in = new ByteReader(bytes);
        CidPrefix prefix = new CidPrefix(in.readVarint(), in.readVarint(), in.readVarint(), in.readVarint());
        in.expectEnd();
        if (prefix.version > 1 || (prefix.version == 0 && !prefix.equals(V0))) {
            throw new RefusalException(Kind.MALFORMED, "no CID has the prefix " + prefix);
        }
        if (!Multihash.canCompute(prefix.hash)) {
            throw new RefusalException(Kind.UNSUPPORTED, "a block by hash 0x" + Long.toHexString(prefix.hash));
        }
        return prefix;
    }

    /** The CID of {@code data} with this prefix; refused if the hash function has digests of another size. */
    Cid cidOf(Bytes data) throws RefusalException {
        Multihash multihash = Multihash.of(hash, data);
        if (multihash.digest().size() != digestSize) {
            throw new RefusalException(Kind.UNSUPPORTED, "a digest cut to " + digestSize + " bytes");
        }
        return version == 0 ? Cid.v0(multihash) : Cid.v1(codec, multihash);
    }

    /** The encoding. */
    byte[] toBytes() {
        byte[] encoded = new byte[size()];
        int at = Varint.put(encoded, 0, version);
        at = Varint.put(encoded, at, codec);
        at = Varint.put(encoded, at, hash);
        Varint.put(encoded, at, digestSize);
        return encoded;
    }

    /** The size of the encoding, in bytes. */
    int size() {
        return Varint.sizeOf(version) + Varint.sizeOf(codec) + Varint.sizeOf(hash) + Varint.sizeOf(digestSize);
    }
}
