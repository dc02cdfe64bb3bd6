package io.pinfold.chain.store.blocks;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The SHA2-256 of a block, which with the codec DAG-CBOR is its CID: 32 bytes as four big-endian numbers. */
record Digest(long a, long b, long c, long d) {

    static final int BYTES = 32;

    /** The digest in {@code cid}; empty if no block can have that CID. */
    static Optional<Digest> of(Cid cid) {
        boolean possible = cid.version() == 1 && cid.codec() == Multicodec.DAG_CBOR
                && cid.hash().code() == Multicodec.SHA2_256 && cid.hash().digest().size() == BYTES;
        return possible ? Optional.of(read(cid.hash().digest().toBuffer())) : Optional.empty();
    }

    static Digest read(ByteBuffer in) {
        return new Digest(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    void write(ByteBuffer out) {
        out.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    Cid toCid() {
        byte[] bytes = new byte[BYTES];
        write(ByteBuffer.wrap(bytes));
        return Cid.v1(Multicodec.DAG_CBOR, new Multihash(Multicodec.SHA2_256, Bytes.copyOf(bytes)));
    }
}
