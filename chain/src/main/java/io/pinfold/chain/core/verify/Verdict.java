package io.pinfold.chain.core.verify;

import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Cid;
import java.util.List;

/** What the verifier says of a block. */
public sealed interface Verdict {

    /** The block is valid; {@code after} is where a state stands after it. */
    record Valid(StateMark after) implements Verdict {}

    /** The block is invalid for ever, and with it all that builds on it. */
    record Invalid(Reason reason, String detail) implements Verdict {}

    /** The block, or one that it merges, is of the future; to be judged again when the clock shows {@code untilMillis}. */
    record Deferred(long untilMillis) implements Verdict {}

    /** The block cannot be judged without its previous block {@code parent}. */
    record MissingParent(Cid parent) implements Verdict {}

    /** The block cannot be judged without {@code merges}, which it merges. */
    record MissingMerges(List<Cid> merges) implements Verdict {

        /** Copies the list. */
        public MissingMerges {
            merges = List.copyOf(merges);
        }
    }

    /** The block uses {@code feature}, which is active and which this program does not know. Nobody is to blame. */
    record UpgradeNeeded(String feature) implements Verdict {}

    /** Why a block is invalid. */
    enum Reason {
        /** The bytes are no canonical block of a version and with operations that this program knows. */
        MALFORMED,
        /** It names another cluster. */
        WRONG_CHAIN,
        /** It is larger than the genesis allows. */
        TOO_LARGE,
        /** It has more operations than the genesis allows. */
        TOO_MANY_OPERATIONS,
        /** It has an operation that no {@code config} operation has activated. */
        NOT_ACTIVE,
        /** Its author is not trusted at its height. */
        NOT_TRUSTED,
        /** Its signature does not hold. */
        BAD_SIGNATURE,
        /** Its height is not one more than its previous block's. */
        WRONG_HEIGHT,
        /** Its trust link is not to the newest block below that changes trust. */
        WRONG_TRUST_LINK,
        /** Its time is before its previous block's. */
        TIME_BEFORE_PARENT,
        /** The branch has a block of its author with its sequence number, or merges one. */
        SEQUENCE_REUSED,
        /** It merges a block that the branch has or merges already, or whose author is not trusted. */
        BAD_MERGE,
        /** It builds on an invalid block. */
        INVALID_PARENT
    }
}
