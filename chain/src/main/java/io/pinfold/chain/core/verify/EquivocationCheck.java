package io.pinfold.chain.core.verify;

import io.pinfold.chain.core.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.trust.Equivocation;

/**
 * Says whether two blocks prove that a key signed twice with one number (protocol page "Trust", section "Evidence"). Pure; needs
 * nothing but the cluster's genesis, so that evidence may come from anybody.
 */
public final class EquivocationCheck {

    private EquivocationCheck() {}

    /** The evidence that the encoded blocks {@code one} and {@code other} are, or why they are none. */
    public static Decoded<Equivocation> of(BlockVerifier verifier, Bytes one, Bytes other) {
        if (!(verifier.check(one) instanceof Checking.Checked(CheckedBlock first))) {
            return none("the first block is not one of a trusted key of this cluster");
        }
        if (!(verifier.check(other) instanceof Checking.Checked(CheckedBlock second))) {
            return none("the second block is not one of a trusted key of this cluster");
        }
        Block block = first.block().block();
        Block twin = second.block().block();
        if (first.cid().equals(second.cid())) {
            return none("it is one block twice");
        }
        return block.author().equals(twin.author()) && block.seq() == twin.seq()
                ? Decoded.ok(Equivocation.of(block.author(), block.seq(), one, other))
                : none("the blocks are of different keys, or have different numbers");
    }

    /** {@code evidence} itself if its blocks prove what it says, or why they do not. */
    public static Decoded<Equivocation> check(BlockVerifier verifier, Equivocation evidence) {
        return of(verifier, evidence.first(), evidence.second())
                .flatMap(proven -> proven.equals(evidence)
                        ? Decoded.ok(proven)
                        : none("it names another key or number"));
    }

    private static Decoded<Equivocation> none(String why) {
        return Decoded.refused(Kind.MALFORMED, "no evidence: " + why);
    }
}
