package io.pinfold.chain.core.verify;

import io.pinfold.chain.core.AppliedSequences;
import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.codec.BlockCodec;
import io.pinfold.chain.core.codec.GenesisCodec;
import io.pinfold.chain.core.verify.Verdict.Invalid;
import io.pinfold.chain.core.verify.Verdict.Reason;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.trust.TrustHistory;
import io.pinfold.trust.TrustedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rules that make a block valid (protocol page "The chain", section "Validity"), in two steps: on its own, with the
 * signature, and in its place, with all that depends on what is below. Pure; for any thread.
 */
public final class BlockVerifier {

    private final Genesis genesis;
    private final Cid chainId;
    private final TrustHistory trust;

    /** A verifier for the cluster of {@code genesis}. */
    public BlockVerifier(Genesis genesis) {
        this.genesis = genesis;
        this.chainId = GenesisCodec.chainId(genesis);
        this.trust = TrustHistory.of(genesis.keys());
    }

    /** The cluster's id. */
    public Cid chainId() {
        return chainId;
    }

    /** The trusted keys along the chain. */
    public TrustHistory trust() {
        return trust;
    }

    /** Decodes {@code bytes} and checks the block on its own. */
    public Checking check(Bytes bytes) {
        return switch (BlockCodec.decode(bytes)) {
            case Decoded.Ok<SignedBlock>(SignedBlock block) -> check(block);
            case Decoded.Refused<SignedBlock>(var refusal) -> failed(Reason.MALFORMED, refusal.toString());
        };
    }

    /** Checks {@code block} on its own, the signature last. */
    public Checking check(SignedBlock block) {
        Block content = block.block();
        if (!content.chainId().equals(chainId)) {
            return failed(Reason.WRONG_CHAIN, "it is of cluster " + content.chainId());
        }
        if (block.bytes().size() > genesis.maxBlockBytes()) {
            return failed(Reason.TOO_LARGE, block.bytes().size() + " bytes");
        }
        if (content.ops().size() > genesis.maxBlockOps()) {
            return failed(Reason.TOO_MANY_OPERATIONS, content.ops().size() + " operations");
        }
        if (content.changesTrust()) {
            return failed(Reason.NOT_ACTIVE, "operations that change trust or settings are not active");
        }
        if (!trust.at(content.height()).isPublisher(content.author())) {
            return failed(Reason.NOT_TRUSTED, content.author() + " is no publisher at height " + content.height());
        }
        if (!content.author().publicKey().orElseThrow().verifies(BlockCodec.message(block), block.signature())) {
            return failed(Reason.BAD_SIGNATURE, "the signature of " + content.author() + " does not hold");
        }
        return new Checking.Checked(new CheckedBlock(block));
    }

    /** {@code block}, which this peer checked before it kept it; no signature is checked again. */
    public CheckedBlock kept(SignedBlock block) {
        return new CheckedBlock(block);
    }

    /**
     * Judges {@code checked} in its place.
     *
     * @param parent where a state stands after its previous block
     * @param merged looks up blocks that were checked on their own
     * @param nowMillis the time, in milliseconds since 1970
     * @throws IllegalArgumentException if {@code parent} is not of its previous block
     */
    public Verdict judge(CheckedBlock checked, StateMark parent, Function<Cid, Optional<CheckedBlock>> merged,
            long nowMillis) {
        Block block = checked.block().block();
        if (!block.prev().equals(parent.point().cid())) {
            throw new IllegalArgumentException(checked + " does not follow " + parent.point());
        }
        if (block.height() != parent.height() + 1) {
            return invalid(Reason.WRONG_HEIGHT, "height " + block.height() + " after " + parent.height());
        }
        if (!block.trust().equals(parent.trust())) {
            return invalid(Reason.WRONG_TRUST_LINK, "link to " + block.trust() + ", not to " + parent.trust());
        }
        if (block.timeMillis() < parent.timeMillis()) {
            return invalid(Reason.TIME_BEFORE_PARENT, "time " + block.timeMillis() + " after " + parent.timeMillis());
        }
        List<CheckedBlock> merges = new ArrayList<>();
        List<Cid> missing = new ArrayList<>();
        for (Cid cid : block.merges()) {
            merged.apply(cid).ifPresentOrElse(merges::add, () -> missing.add(cid));
        }
        if (!missing.isEmpty()) {
            return new Verdict.MissingMerges(missing);
        }
        return judge(checked, parent, merges, nowMillis);
    }

    private Verdict judge(CheckedBlock checked, StateMark parent, List<CheckedBlock> merges, long nowMillis) {
        Block block = checked.block().block();
        TrustedSet keys = trust.at(block.height());
        AppliedSequences sequences = parent.sequences();
        long newest = block.timeMillis();
        for (CheckedBlock merge : merges) {
            Block other = merge.block().block();
            if (!keys.isPublisher(other.author())) {
                return invalid(Reason.BAD_MERGE, "it merges " + merge.cid() + " of " + other.author());
            }
            if (sequences.contains(other.author(), other.seq())) {
                return invalid(Reason.BAD_MERGE, "the branch has " + merge.cid() + " already");
            }
            sequences = sequences.plus(other.author(), other.seq());
            newest = Math.max(newest, other.timeMillis());
        }
        if (sequences.contains(block.author(), block.seq())) {
            return invalid(Reason.SEQUENCE_REUSED, "number " + block.seq() + " of " + block.author());
        }
        long untilMillis = newest - Limits.CLOCK_TOLERANCE.toMillis();
        if (untilMillis > nowMillis) {
            return new Verdict.Deferred(untilMillis);
        }
        return new Verdict.Valid(new StateMark(new ChainPoint(block.height(), checked.cid()), block.timeMillis(),
                parent.trust(), parent.trustVersion(), sequences.plus(block.author(), block.seq())));
    }

    private static Checking failed(Reason reason, String detail) {
        return new Checking.Failed(new Invalid(reason, detail));
    }

    private static Verdict invalid(Reason reason, String detail) {
        return new Invalid(reason, detail);
    }
}
