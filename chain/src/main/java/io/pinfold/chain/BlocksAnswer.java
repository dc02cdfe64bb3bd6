package io.pinfold.chain;

import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.chain.core.verify.Checking;
import io.pinfold.chain.core.verify.Verdict;
import io.pinfold.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What came of asking a peer for blocks. */
public sealed interface BlocksAnswer {

    /** The blocks, in the order in which they came, each checked on its own. */
    record Blocks(List<CheckedBlock> blocks) implements BlocksAnswer {

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Blocks {
            blocks = List.copyOf(blocks);
            if (blocks.isEmpty()) {
                throw new IllegalArgumentException("an answer without blocks is Unknown");
            }
        }
    }

    /** The peer does not have the branch or the blocks. */
    record Unknown() implements BlocksAnswer {}

    /** The peer could not be asked, did not answer in time, or wants to be asked again after {@code retryAfter}. */
    record Failed(String detail, Duration retryAfter) implements BlocksAnswer {}

    /** The peer sent what no honest peer sends. */
    record Lied(Verdict.Invalid verdict) implements BlocksAnswer {}

    /** The answer made of encoded blocks, each checked on its own. For the thread that received them: it takes a while. */
    static BlocksAnswer of(BlockVerifier verifier, List<Bytes> encoded) {
        List<CheckedBlock> blocks = new ArrayList<>();
        for (Bytes bytes : encoded) {
            switch (verifier.check(bytes)) {
                case Checking.Checked(CheckedBlock block) -> blocks.add(block);
                case Checking.Failed(Verdict.Invalid verdict) -> {
                    return new Lied(verdict);
                }
            }
        }
        return blocks.isEmpty() ? new Unknown() : new Blocks(blocks);
    }
}
