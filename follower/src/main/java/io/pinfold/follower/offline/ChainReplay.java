package io.pinfold.follower.offline;

import io.pinfold.chain.ChainStore;
import io.pinfold.chain.PinStore;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.chain.core.verify.Checking;
import io.pinfold.chain.core.verify.Fold;
import io.pinfold.chain.core.verify.Verdict;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Applies the blocks of the chain store's applied branch to a state, one by one, from where that stands.
 *
 * <p>The store hashes each block that it gives out. Strict replaying also checks every signature, of merged blocks too, as if the
 * block came from a stranger. Clocks are not looked at: a block in the store was of the past once.
 */
final class ChainReplay {

    private final ChainStore store;
    private final BlockVerifier verifier;
    private final boolean strict;

    ChainReplay(ChainStore store, BlockVerifier verifier, boolean strict) {
        this.store = store;
        this.verifier = verifier;
        this.strict = strict;
    }

    /** The height of the newest block. */
    long height() {
        return store.head().map(ChainPoint::height).orElse(0L);
    }

    /** Whether {@code point} is on the applied branch. */
    boolean has(ChainPoint point) {
        return point.height() == 0
                ? point.cid().equals(verifier.chainId())
                : store.cidAt(point.height()).filter(point.cid()::equals).isPresent();
    }

    /**
     * Brings {@code state} to the end of the branch.
     *
     * @param progress hears of each height that was applied
     * @param examine is asked after each block, and ends the replay by naming a flaw
     * @return the first flaw, if there is one; the state stands below it then
     */
    Optional<Flaw> run(PinStore state, Progress progress, LongFunction<Optional<Flaw>> examine) {
        long end = height();
        for (long height = state.mark().height() + 1; height <= end; height++) {
            Optional<Flaw> flaw = step(state, height);
            if (flaw.isEmpty()) {
                progress.at(height, end);
                flaw = examine.apply(height);
            }
            if (flaw.isPresent()) {
                return flaw;
            }
        }
        return Optional.empty();
    }

    private Optional<Flaw> step(PinStore state, long height) {
        Optional<Cid> cid = store.cidAt(height);
        if (cid.isEmpty()) {
            return Optional.of(new Flaw(height, Optional.empty(), "the block at height " + height + " is missing"));
        }
        Optional<SignedBlock> block = store.get(cid.get());
        if (block.isEmpty()) {
            return Optional.of(Flaw.ofBlock(height, cid.get(), "is missing or damaged"));
        }
        if (!block.get().block().prev().equals(state.mark().point().cid())) {
            return Optional.of(Flaw.ofBlock(height, cid.get(), "does not stand on the block below"));
        }
        Map<Cid, SignedBlock> merged = new HashMap<>();
        for (Cid merge : block.get().block().merges()) {
            store.get(merge).ifPresent(found -> merged.put(merge, found));
        }
        return signatures(block.get(), merged).or(() -> apply(state, block.get(), merged));
    }

    private Optional<Flaw> apply(PinStore state, SignedBlock block, Map<Cid, SignedBlock> merged) {
        Verdict verdict = verifier.judge(verifier.kept(block), state.mark(),
                cid -> Optional.ofNullable(merged.get(cid)).map(verifier::kept), Long.MAX_VALUE);
        return switch (verdict) {
            case Verdict.Valid(var after) -> {
                List<SignedBlock> merges = new ArrayList<>();
                block.block().merges().forEach(cid -> merges.add(Optional.ofNullable(merged.get(cid)).orElseThrow()));
                state.apply(Fold.effect(block, merges, after));
                yield Optional.empty();
            }
            case Verdict.Invalid(var reason, String detail) ->
                Optional.of(Flaw.ofBlock(block.height(), block.cid(), "is invalid: " + reason + ", " + detail));
            case Verdict.MissingMerges(List<Cid> missing) ->
                Optional.of(Flaw.ofBlock(block.height(), missing.getFirst(),
                        "is missing or damaged; the block there merges it"));
            case Verdict.MissingParent _,Verdict.Deferred _ ->
                Optional.of(Flaw.ofBlock(block.height(), block.cid(), "cannot be judged: " + verdict));
            case Verdict.UpgradeNeeded(String feature) -> Optional.of(Flaw.ofBlock(block.height(), block.cid(),
                    "uses " + feature + ", which this program does not know"));
        };
    }

    private Optional<Flaw> signatures(SignedBlock block, Map<Cid, SignedBlock> merged) {
        if (!strict) {
            return Optional.empty();
        }
        for (SignedBlock each : merged.values()) {
            Optional<Flaw> flaw = check(block.height(), each);
            if (flaw.isPresent()) {
                return flaw;
            }
        }
        return check(block.height(), block);
    }

    private Optional<Flaw> check(long height, SignedBlock block) {
        return switch (verifier.check(block)) {
            case Checking.Checked(CheckedBlock _) -> Optional.empty();
            case Checking.Failed(Verdict.Invalid(var reason, String detail)) ->
                Optional.of(Flaw.ofBlock(height, block.cid(), "is invalid: " + reason + ", " + detail));
        };
    }
}
