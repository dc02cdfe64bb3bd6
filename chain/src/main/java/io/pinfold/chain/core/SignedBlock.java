package io.pinfold.chain.core;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;

/**
 * A block with its signature and its encoding, which belong together: only the codec makes one.
 *
 * @param block the content
 * @param signature the author's, 64 bytes; whether it holds is for the verifier to say
 * @param bytes the canonical encoding of both
 * @param cid of the bytes
 */
public record SignedBlock(Block block, Bytes signature, Bytes bytes, Cid cid) {

    /** The size of a signature. */
    public static final int SIGNATURE_BYTES = 64;

    /** The height of the block. */
    public long height() {
        return block.height();
    }

    /** Two signed blocks are equal when their bytes are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SignedBlock that && cid.equals(that.cid);
    }

    @Override
    public int hashCode() {
        return cid.hashCode();
    }

    @Override
    public String toString() {
        return "block " + block.height() + " " + cid + " (" + block.author() + " #" + block.seq() + ")";
    }
}
