package io.pinfold.chain.core.verify;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Cid;

/**
 * A block that holds on its own: of this cluster, within the limits, and truly signed by a trusted author. Only
 * {@link BlockVerifier} makes one; whether it is valid where it stands is another question.
 */
public final class CheckedBlock {

    private final SignedBlock block;

    CheckedBlock(SignedBlock block) {
        this.block = block;
    }

    /** The block. */
    public SignedBlock block() {
        return block;
    }

    /** Its CID. */
    public Cid cid() {
        return block.cid();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CheckedBlock that && block.equals(that.block);
    }

    @Override
    public int hashCode() {
        return block.hashCode();
    }

    @Override
    public String toString() {
        return block.toString();
    }
}
