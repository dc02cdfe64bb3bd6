package io.pinfold.chain.head;

/** What the gate says about a head. */
public sealed interface HeadVerdict {

    /** Signed by a trusted key and newer than what that key said before. */
    record Accept() implements HeadVerdict {}

    /** Of no use, and nobody is to blame. */
    record Ignore(Reason reason) implements HeadVerdict {}

    /** Wrong, or too much; who passed it on is penalised. */
    record Reject(Reason reason) implements HeadVerdict {}

    /** Why a head is not listened to. */
    enum Reason {
        /** It does not decode. */
        MALFORMED,
        /** It is of another cluster. */
        WRONG_CHAIN,
        /** Its voter is no publisher. */
        NOT_TRUSTED,
        /** Its voter is no publisher that we know, but it follows trusted keys newer than ours. */
        NEWER_TRUST,
        /** The voter said so or better before. */
        NOT_NEWER,
        /** This neighbour has passed on too many heads that were not newer. */
        REPLAYED_TOO_OFTEN,
        /** Its time is ahead of our clock by more than the tolerance. */
        FUTURE,
        /** The voter's signature does not hold. */
        BAD_SIGNATURE
    }
}
