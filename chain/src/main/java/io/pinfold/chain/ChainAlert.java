package io.pinfold.chain;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.OperationId;
import io.pinfold.chain.core.verify.Verdict;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.Equivocation;

/** Something about the chain that people should know. */
public sealed interface ChainAlert {

    /** A sentence for people. */
    String text();

    /** A trusted key signed two blocks with one number; the evidence is checked and portable. */
    record Equivocated(Equivocation evidence) implements ChainAlert {
        @Override
        public String text() {
            return evidence.author() + " signed two different blocks with number " + evidence.seq()
                    + ": its key is used twice, or it cheats.";
        }
    }

    /**
     * A merged operation took the place of a different one on the same CID.
     *
     * @param merged the operation that counts now
     * @param mergedId its name
     * @param former the operation of the winning side, or of another merged block, that it took the place of
     * @param formerId its name
     */
    record MergeConflict(Cid cid, LogOp merged, OperationId mergedId, LogOp former, OperationId formerId)
            implements
                ChainAlert {
        @Override
        public String text() {
            return "Two operations on " + cid + " were made without knowledge of each other: " + mergedId
                    + " counts, " + formerId + " does not.";
        }
    }

    /**
     * The chain switched to a branch that leaves the present one deep below.
     *
     * @param common the highest block of both branches
     * @param undone number of blocks that were left
     * @param rebuiltFrom the height from which the state was rebuilt
     */
    record DeepReorganisation(ChainPoint common, long undone, long rebuiltFrom) implements ChainAlert {
        @Override
        public String text() {
            return undone + " blocks above height " + common.height() + " were left for a better branch.";
        }
    }

    /** Our own key signed block number {@code seq}, and not here. */
    record KeyUsedElsewhere(long seq, Cid block) implements ChainAlert {
        @Override
        public String text() {
            return "Block " + block + " is signed by this peer's key with number " + seq
                    + ", but was not made here: the folder is an old copy, or another peer runs with this identity.";
        }
    }

    /** The clocks of the other trusted keys are {@code othersAheadMillis} ahead of ours; we sign nothing. */
    record ClockSkewed(long othersAheadMillis) implements ChainAlert {
        @Override
        public String text() {
            return "This machine's clock is " + Math.abs(othersAheadMillis) / 1000 + " seconds "
                    + (othersAheadMillis < 0 ? "ahead of" : "behind")
                    + " the other trusted peers'; nothing is signed until it is right.";
        }
    }

    /** {@code author}, a trusted key, signed a block that is invalid. */
    record InvalidBlock(PeerId author, Cid block, Verdict.Invalid verdict) implements ChainAlert {
        @Override
        public String text() {
            return "Block " + block + " of " + author + " is invalid: " + verdict.reason() + ", " + verdict.detail()
                    + '.';
        }
    }

    /** The chain has a block that this program cannot judge; the state stays below it. */
    record UpgradeNeeded(Cid block, String feature) implements ChainAlert {
        @Override
        public String text() {
            return "Block " + block + " uses " + feature + ", which this program does not know: please upgrade.";
        }
    }

    /** Blocks of the chain store are damaged and are fetched again, {@code first} among them. */
    record Damaged(Cid first) implements ChainAlert {
        @Override
        public String text() {
            return "The chain store has damaged blocks, " + first + " among them; they are fetched from other peers.";
        }
    }

    /** The disk is full or fails. */
    record DiskTrouble(String detail) implements ChainAlert {
        @Override
        public String text() {
            return "The chain cannot be written: " + detail + "; it is tried again all the time.";
        }
    }
}
